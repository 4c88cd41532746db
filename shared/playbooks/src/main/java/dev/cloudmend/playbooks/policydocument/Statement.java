package dev.cloudmend.playbooks.policydocument;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Text;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One statement of a policy, as it is written and as what it says.
 *
 * <p>Two statements say the same whatever the order of members and values, whether one value is in
 * a list, the case of actions and condition keys, and their {@code Sid}.
 */
public final class Statement {

  private static final Set<String> MEMBERS =
      Set.of(
          "Sid",
          "Effect",
          "Principal",
          "NotPrincipal",
          "Action",
          "NotAction",
          "Resource",
          "NotResource",
          "Condition");

  private final ObjectNode json;
  private final Meaning meaning;

  private record Meaning(
      boolean allows,
      Optional<Principals> principals,
      Patterns actions,
      Optional<Patterns> resources,
      Conditions conditions) {}

  private Statement(ObjectNode json, Meaning meaning) {
    this.json = json;
    this.meaning = meaning;
  }

  /**
   * Reads a statement.
   *
   * @throws PolicyException when it has anything that the policy language does not have
   */
  public static Statement of(JsonNode tree) {
    if (!(tree instanceof ObjectNode object)) {
      throw new PolicyException("a statement is not an object");
    }
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!MEMBERS.contains(name)) {
                throw new PolicyException(
                    "a statement has the unknown member '" + Text.shown(name, 80) + "'");
              }
            });
    JsonNode sid = object.path("Sid");
    if (!sid.isMissingNode() && !sid.isTextual()) {
      throw new PolicyException("a statement's Sid is not text");
    }
    return new Statement(
        object.deepCopy(),
        new Meaning(
            allows(object.path("Effect")),
            Principals.of(object),
            Patterns.actions(object)
                .orElseThrow(() -> new PolicyException("a statement has no Action")),
            Patterns.resources(object),
            Conditions.of(object)));
  }

  /** As it is written. */
  public ObjectNode json() {
    return json.deepCopy();
  }

  /** As it is written, on one line. */
  public String print() {
    return Json.write(json);
  }

  public Optional<String> sid() {
    return Optional.ofNullable(json.path("Sid").textValue());
  }

  /** Whether it says the same as another one; the {@code Sid} says nothing. */
  public boolean isEquivalentTo(Statement other) {
    return meaning.equals(other.meaning);
  }

  /**
   * Whether it says all that another one says, and maybe more: then a policy that has this one
   * gains nothing from the other. Yes is certain; no may be too careful.
   */
  public boolean covers(Statement other) {
    Meaning its = other.meaning;
    return meaning.allows == its.allows
        && bothOrNeither(meaning.principals, its.principals)
        && meaning.principals.flatMap(p -> its.principals.map(p::cover)).orElse(true)
        && meaning.actions.cover(its.actions)
        && bothOrNeither(meaning.resources, its.resources)
        && meaning.resources.flatMap(r -> its.resources.map(r::cover)).orElse(true)
        && meaning.conditions.followFrom(its.conditions);
  }

  /** The ids that stand in its principals for users and roles that were deleted, sorted. */
  public List<String> deletedPrincipals() {
    return Principals.deleted(json);
  }

  @Override
  public String toString() {
    return print();
  }

  private static boolean bothOrNeither(Optional<?> one, Optional<?> other) {
    return one.isPresent() == other.isPresent();
  }

  private static boolean allows(JsonNode effect) {
    return switch (effect.asText()) {
      case "Allow" -> true;
      case "Deny" -> false;
      default -> throw new PolicyException("a statement's Effect is neither Allow nor Deny");
    };
  }
}
