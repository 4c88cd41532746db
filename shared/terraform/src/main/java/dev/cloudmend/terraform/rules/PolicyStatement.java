package dev.cloudmend.terraform.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.terraform.hcl.HclFile;
import dev.cloudmend.terraform.hcl.Span;
import dev.cloudmend.terraform.project.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A statement of an IAM policy, as far as the source tells it. Its parts are as IAM writes them in
 * JSON, whatever the source writes them in.
 *
 * @param file where it is written
 * @param place the whole statement
 * @param effect {@code Allow} or {@code Deny}
 * @param principal not set in a policy of an identity, and where there is a {@code NotPrincipal}
 * @param action not set where there is a {@code NotAction}
 * @param resource not set where there is a {@code NotResource}
 */
public record PolicyStatement(
    HclFile file,
    Span place,
    Value sid,
    Value effect,
    Value principal,
    Value action,
    Value resource,
    Value condition) {

  /** Whether it certainly allows something. */
  public boolean allows() {
    return effect.text().filter("Allow"::equals).isPresent();
  }

  /** Whether it certainly denies something. */
  public boolean denies() {
    return effect.text().filter("Deny"::equals).isPresent();
  }

  /** Whether it certainly holds for everybody, people of other accounts and strangers too. */
  public boolean isForAnyone() {
    return principal instanceof Value.Known known
        && (isStar(known.value())
            || isStar(known.value().path("AWS"))
            || isStar(known.value().path("*")));
  }

  /** The actions that are known to be named; empty if one of them is not known. */
  public List<String> actions() {
    return texts(action);
  }

  /** The resources that are known to be named; empty if one of them is not known. */
  public List<String> resources() {
    return texts(resource);
  }

  /** Whether it certainly holds whatever the circumstances. */
  public boolean isUnconditional() {
    return condition instanceof Value.Unset;
  }

  /** The value of a condition's key, where all conditions are known, whatever its operator. */
  public Optional<JsonNode> condition(String key) {
    return condition instanceof Value.Known known
        ? stream(known.value())
            .flatMap(operator -> operator.properties().stream())
            .filter(entry -> entry.getKey().equalsIgnoreCase(key))
            .map(Map.Entry::getValue)
            .findFirst()
        : Optional.empty();
  }

  /** What it is called in a message: its Sid, or what it is about. */
  public String name() {
    return sid.text()
        .filter(text -> !text.isEmpty())
        .map(text -> "statement " + text)
        .orElseGet(
            () ->
                actions().isEmpty()
                    ? "a statement"
                    : "the statement on " + String.join(", ", actions()));
  }

  /** A text, or the elements of a list of texts. */
  public static List<String> texts(JsonNode node) {
    return (node.isArray() ? stream(node) : Stream.of(node))
        .filter(JsonNode::isValueNode)
        .map(JsonNode::asText)
        .toList();
  }

  private static List<String> texts(Value value) {
    return value instanceof Value.Known known ? texts(known.value()) : List.of();
  }

  private static boolean isStar(JsonNode node) {
    return texts(node).contains("*");
  }

  private static Stream<JsonNode> stream(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false);
  }
}
