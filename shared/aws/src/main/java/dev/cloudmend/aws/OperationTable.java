package dev.cloudmend.aws;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The operations of a service by their names in the API, with the members that each requires. The
 * SDK knows neither: its class names differ in case ({@code CreateVirtualMfaDeviceRequest}), and
 * only s3's metadata has required members.
 */
final class OperationTable {

  private static final Map<Service, OperationTable> LOADED =
      Collections.synchronizedMap(new EnumMap<>(Service.class));
  private static final Pattern ACRONYM = Pattern.compile("([A-Z])([A-Z]+)(?=[A-Z][a-z]|$)");

  private final Map<String, List<Requirement>> requirements = new HashMap<>();
  private final Map<String, String> byJavaName = new HashMap<>();

  private OperationTable(Service service) {
    for (String line : Resources.lines("operations/" + service.id() + ".txt")) {
      String[] words = line.split(" ", -1);
      requirements.put(words[0], Arrays.stream(words).skip(1).map(Requirement::parse).toList());
      byJavaName.put(words[0], words[0]);
      byJavaName.put(withLowerAcronyms(words[0]), words[0]);
    }
  }

  static OperationTable of(Service service) {
    return LOADED.computeIfAbsent(service, OperationTable::new);
  }

  boolean has(String operation) {
    return requirements.containsKey(operation);
  }

  List<String> names() {
    return requirements.keySet().stream().sorted().toList();
  }

  List<Requirement> requirements(String operation) {
    return requirements.getOrDefault(operation, List.of());
  }

  /** The API's name of the operation whose request class is {@code <name>Request}. */
  Optional<String> byJavaName(String name) {
    return Optional.ofNullable(byJavaName.get(name));
  }

  /** {@code CreateVirtualMFADevice} as the SDK spells most of such names. */
  static String withLowerAcronyms(String operation) {
    return ACRONYM
        .matcher(operation)
        .replaceAll(
            m -> Matcher.quoteReplacement(m.group(1) + m.group(2).toLowerCase(Locale.ROOT)));
  }
}
