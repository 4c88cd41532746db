package dev.cloudmend.aws;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/**
 * The values of enumerations. In the SDK's metadata they are plain strings and any text passes, so
 * the enumeration is found by the two getters that its members have: {@code status()} and {@code
 * statusAsString()}, {@code events()} and {@code eventsAsStrings()}.
 */
final class EnumValues {

  private static final String ONE = "AsString";
  private static final String MANY = "AsStrings";
  private static final Map<Class<?>, Map<String, List<String>>> KNOWN = new ConcurrentHashMap<>();

  private EnumValues() {}

  /** The values of a string member, or of the strings in a list member, if it is an enumeration. */
  static Optional<List<String>> of(SdkPojo builder, SdkField<?> field) {
    Class<?> type =
        Optional.<Class<?>>ofNullable(builder.getClass().getEnclosingClass())
            .orElse(builder.getClass());
    return Optional.ofNullable(
        KNOWN
            .computeIfAbsent(type, EnumValues::scan)
            .get(field.memberName().toLowerCase(Locale.ROOT)));
  }

  private static Map<String, List<String>> scan(Class<?> type) {
    var getters = new HashMap<String, Method>();
    var names = new ArrayList<String>();
    for (Method method : type.getMethods()) {
      if (method.getParameterCount() == 0) {
        getters.put(method.getName(), method);
        if (method.getName().endsWith(ONE)) {
          names.add(withoutSuffix(method.getName(), ONE));
        } else if (method.getName().endsWith(MANY)) {
          names.add(withoutSuffix(method.getName(), MANY));
        }
      }
    }
    var values = new HashMap<String, List<String>>();
    for (String name : names) {
      Optional.ofNullable(getters.get(name))
          .flatMap(getter -> enumOf(getter.getGenericReturnType()))
          .ifPresent(e -> values.put(name.toLowerCase(Locale.ROOT), constants(e)));
    }
    return values;
  }

  private static String withoutSuffix(String name, String suffix) {
    return name.substring(0, name.length() - suffix.length());
  }

  private static Optional<Class<?>> enumOf(Type type) {
    return switch (type) {
      case Class<?> c when c.isEnum() -> Optional.of(c);
      case ParameterizedType list when list.getActualTypeArguments().length == 1 ->
          enumOf(list.getActualTypeArguments()[0]);
      default -> Optional.empty();
    };
  }

  private static List<String> constants(Class<?> type) {
    var values = new TreeSet<String>();
    for (Object constant : type.getEnumConstants()) {
      if (!((Enum<?>) constant).name().equals("UNKNOWN_TO_SDK_VERSION")) {
        values.add(constant.toString());
      }
    }
    return List.copyOf(values);
  }
}
