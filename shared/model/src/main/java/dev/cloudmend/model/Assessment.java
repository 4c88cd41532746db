package dev.cloudmend.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * What a playbook finds when it looks at the live resource. In JSON the variant is the member
 * {@code status}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "status")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Assessment.Compliant.class, name = "COMPLIANT"),
  @JsonSubTypes.Type(value = Assessment.NotApplicable.class, name = "NOT_APPLICABLE"),
  @JsonSubTypes.Type(value = Assessment.NotFound.class, name = "NOT_FOUND"),
  @JsonSubTypes.Type(value = Assessment.Blocked.class, name = "BLOCKED"),
  @JsonSubTypes.Type(value = Assessment.Violating.class, name = "VIOLATING")
})
public sealed interface Assessment {

  /** Nothing to do. */
  record Compliant() implements Assessment {}

  /** The playbook does not speak of this kind of resource. */
  record NotApplicable(String reason) implements Assessment {}

  /** The resource is not there. */
  record NotFound(String reason) implements Assessment {}

  /** A fix would do harm, or cannot work; the reason says which. */
  record Blocked(String reason) implements Assessment {}

  /** The resource violates the control, and this would fix it. */
  record Violating(Change change) implements Assessment {}
}
