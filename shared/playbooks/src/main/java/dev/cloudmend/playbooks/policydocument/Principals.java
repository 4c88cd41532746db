package dev.cloudmend.playbooks.policydocument;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Whom a statement speaks of.
 *
 * @param negated whether all but these, as in {@code NotPrincipal}
 * @param everybody whether it is everybody: {@code "*"} or {@code {"AWS": "*"}}, the same in a
 *     resource policy
 * @param byType the names by their type, an account by its twelve digits; empty for everybody
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html">Principal</a>
 */
record Principals(boolean negated, boolean everybody, SortedMap<String, SortedSet<String>> byType) {

  private static final String PRINCIPAL = "Principal";
  private static final String NOT_PRINCIPAL = "NotPrincipal";
  private static final String AWS = "AWS";
  private static final Pattern ACCOUNT = Pattern.compile("arn:aws[a-z0-9-]*:iam::(\\d{12}):root");

  /** What is shown in the place of a user or a role that was deleted. */
  private static final Pattern DELETED = Pattern.compile("(AIDA|AROA)[A-Z0-9]{8,}");

  static Optional<Principals> of(JsonNode statement) {
    if (statement.has(PRINCIPAL) && statement.has(NOT_PRINCIPAL)) {
      throw new PolicyException("a statement has both " + PRINCIPAL + " and " + NOT_PRINCIPAL);
    }
    boolean negated = statement.has(NOT_PRINCIPAL);
    if (!negated && !statement.has(PRINCIPAL)) {
      return Optional.empty();
    }
    JsonNode element = statement.get(negated ? NOT_PRINCIPAL : PRINCIPAL);
    if (element.isTextual() && element.textValue().equals("*")) {
      return Optional.of(new Principals(negated, true, new TreeMap<>()));
    }
    if (!(element instanceof ObjectNode object) || object.isEmpty()) {
      throw new PolicyException(
          "a statement's " + PRINCIPAL + " is neither \"*\" nor {type: names}");
    }
    var byType = new TreeMap<String, SortedSet<String>>();
    for (Map.Entry<String, JsonNode> type : object.properties()) {
      var names = new TreeSet<String>();
      Texts.of(type.getValue(), PRINCIPAL).forEach(n -> names.add(name(type.getKey(), n)));
      byType.put(type.getKey(), names);
    }
    boolean everybody = byType.getOrDefault(AWS, new TreeSet<>()).contains("*");
    return Optional.of(new Principals(negated, everybody, everybody ? new TreeMap<>() : byType));
  }

  /** Whether these are all that the others are, and maybe more. */
  boolean cover(Principals others) {
    if (negated || others.negated) {
      return equals(others) || (everybody && !negated);
    }
    return everybody
        || (!others.everybody
            && others.byType.entrySet().stream()
                .allMatch(
                    type ->
                        byType
                            .getOrDefault(type.getKey(), new TreeSet<>())
                            .containsAll(type.getValue())));
  }

  /** The ids in a statement that stand for users and roles that are no more, sorted. */
  static List<String> deleted(JsonNode statement) {
    JsonNode names =
        statement.path(statement.has(NOT_PRINCIPAL) ? NOT_PRINCIPAL : PRINCIPAL).path(AWS);
    return names.isMissingNode()
        ? List.of()
        : Texts.of(names, PRINCIPAL).stream()
            .filter(name -> DELETED.matcher(name).matches())
            .toList();
  }

  private static String name(String type, String name) {
    var account = ACCOUNT.matcher(name);
    return type.equals(AWS) && account.matches() ? account.group(1) : name;
  }
}
