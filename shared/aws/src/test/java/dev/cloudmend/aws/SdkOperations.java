package dev.cloudmend.aws;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.core.traits.RequiredTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/** Every operation of a client of the SDK, by reflection. */
final class SdkOperations {

  private static final List<Class<?>> STREAMS =
      List.of(RequestBody.class, ResponseTransformer.class);

  // Of the host or of a URL that the SDK signs by itself.
  private static final Set<String> NEEDED = Set.of("AccountId", "RequestRoute", "SourceRegion");

  private static final Map<MarshallingKnownType, Object> SAMPLES =
      Map.of(
          MarshallingKnownType.STRING,
          "123456789012",
          MarshallingKnownType.INTEGER,
          1,
          MarshallingKnownType.BOOLEAN,
          true);

  private SdkOperations() {}

  /** One way to make one operation. */
  record Way(Method method) {

    /** As the SDK's request class has it. */
    String javaName() {
      String request = method.getParameterTypes()[0].getSimpleName();
      return request.substring(0, request.length() - "Request".length());
    }

    boolean streams() {
      return method.getParameterCount() > 1
          || !SdkResponse.class.isAssignableFrom(method.getReturnType());
    }

    /** Makes the operation with a request that is filled as far as its path needs. */
    void make(SdkClient client) throws ReflectiveOperationException {
      Object[] arguments =
          Arrays.stream(method.getParameterTypes()).map(SdkOperations::argument).toArray();
      method.invoke(client, arguments);
    }

    @Override
    public String toString() {
      return method.getName()
          + Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName).toList();
    }
  }

  static List<Way> of(Service service) throws ClassNotFoundException {
    return Arrays.stream(Class.forName(service.clientClass()).getMethods())
        .filter(m -> !Modifier.isStatic(m.getModifiers()))
        .filter(m -> m.getParameterCount() > 0)
        .filter(m -> SdkRequest.class.isAssignableFrom(m.getParameterTypes()[0]))
        .filter(m -> Arrays.stream(m.getParameterTypes()).skip(1).allMatch(STREAMS::contains))
        .filter(m -> !m.getName().endsWith("Paginator"))
        .sorted(Comparator.comparing(Method::toString))
        .map(Way::new)
        .toList();
  }

  private static Object argument(Class<?> type) {
    if (type == RequestBody.class) {
      return RequestBody.fromString("text");
    }
    if (type == ResponseTransformer.class) {
      return ResponseTransformer.toBytes();
    }
    return request(type);
  }

  private static Object request(Class<?> type) {
    try {
      return filled((SdkPojo) type.getMethod("builder").invoke(null), 0);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object filled(SdkPojo builder, int depth) {
    for (SdkField<?> field : builder.sdkFields()) {
      boolean needed =
          field.location() == MarshallLocation.PATH
              || field.location() == MarshallLocation.GREEDY_PATH
              || field.containsTrait(RequiredTrait.class)
              || NEEDED.contains(field.memberName());
      if (field.marshallingType().getKnownType() == MarshallingKnownType.SDK_POJO) {
        if (needed || depth == 0) {
          field.set(builder, filled(field.constructor().get(), depth + 1));
        }
      } else if (needed) {
        Optional.ofNullable(SAMPLES.get(field.marshallingType().getKnownType()))
            .ifPresent(value -> field.set(builder, value));
      }
    }
    return ((Buildable) builder).build();
  }
}
