package dev.cloudmend.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;

/**
 * A member that a request has to have, if the structure that holds it is there.
 *
 * @param above the members on the way, the last not included; {@code Tags[]} stands for each
 *     element
 * @param oneOf the member; several where any one of them will do
 */
record Requirement(List<String> above, List<String> oneOf) {

  private static final String EACH = "[]";

  /** Reads {@code GroupId|GroupName} or {@code Tags[].Key}. */
  static Requirement parse(String text) {
    List<String> steps = Arrays.asList(text.split("\\.", -1));
    int last = steps.size() - 1;
    return new Requirement(
        List.copyOf(steps.subList(0, last)),
        Arrays.stream(steps.get(last).split("\\|", -1)).toList());
  }

  void check(JsonNode parameters, InvalidParts problems) {
    check(parameters, 0, InvalidParts.PARAMETERS, problems);
  }

  private void check(JsonNode node, int step, String path, InvalidParts problems) {
    if (!node.isObject()) {
      return;
    }
    if (step == above.size()) {
      if (oneOf.stream().noneMatch(node::has)) {
        problems.missing(path, String.join(" or ", oneOf));
      }
      return;
    }
    String name = above.get(step);
    boolean each = name.endsWith(EACH);
    String member = each ? name.substring(0, name.length() - EACH.length()) : name;
    JsonNode child = node.path(member);
    if (!each) {
      check(child, step + 1, path + "." + member, problems);
    } else if (child.isArray()) {
      for (int i = 0; i < child.size(); i++) {
        check(child.get(i), step + 1, path + "." + member + "[" + i + "]", problems);
      }
    } else {
      child
          .properties()
          .forEach(
              e -> check(e.getValue(), step + 1, path + "." + member + "." + e.getKey(), problems));
    }
  }
}
