package dev.cloudmend.configuration.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.model.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import software.amazon.event.ruler.JsonRuleCompiler;
import software.amazon.event.ruler.Machine;

/**
 * An EventBridge event pattern, matched by AWS's own event-ruler.
 *
 * <p>Each pattern has a machine of its own, made once: compared with one machine for all rules,
 * that keeps the order of the rules and the matching stops at the first; compared with {@code
 * Ruler.matchesRule}, which makes a machine at every match, checking the pattern and making the
 * machine are one and the same work.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html">Comparison
 *     operators in event patterns</a>
 */
public final class EventPattern {

  /** The pattern that matches everything; EventBridge itself refuses the empty pattern. */
  public static final EventPattern ALWAYS = new EventPattern(Json.object(), document -> true);

  /** The name under which alternatives stand. */
  public static final String OR = "$or";

  private static final int SHOWN = 300;

  /** With overrides a field beside $or would be dropped where an alternative names it too. */
  private static final boolean OVERRIDES = false;

  private final ObjectNode tree;
  private final Predicate<ObjectNode> match;

  EventPattern(ObjectNode tree, Predicate<ObjectNode> match) {
    this.tree = tree;
    this.match = match;
  }

  /**
   * Reads a pattern; {@code {}} always matches.
   *
   * @throws ModelException when it is no valid pattern; the message is event-ruler's
   */
  public static EventPattern of(ObjectNode tree) {
    if (tree.isEmpty()) {
      return ALWAYS;
    }
    var machine = Machine.builder().build();
    try {
      // Not addRule: where this compiler refuses a pattern, that tries an older one.
      JsonRuleCompiler.compile(tree.toString(), OVERRIDES)
          .forEach(alternative -> machine.addPatternRule("", alternative));
    } catch (IOException | RuntimeException e) {
      throw invalid(e);
    }
    return new EventPattern(
        tree.deepCopy(), document -> !machine.rulesForJSONEvent(document).isEmpty());
  }

  /**
   * Checks one value of a field's list, such as {@code {"prefix": "a"}}.
   *
   * @throws ModelException when it is not valid; the message is event-ruler's
   */
  public static void checkValue(JsonNode value) {
    ObjectNode pattern = Json.object();
    pattern.putArray("field").add(value);
    try {
      JsonRuleCompiler.compile(pattern.toString(), OVERRIDES);
    } catch (IOException | RuntimeException e) {
      throw invalid(e);
    }
  }

  /** The pattern as JSON. */
  public ObjectNode tree() {
    return tree.deepCopy();
  }

  /** Whether a document matches. */
  boolean matches(ObjectNode document) {
    return match.test(document);
  }

  /** Whether the pattern asks for a playbook by its id, for all that it matches. */
  boolean names(String playbook) {
    return tree.path("playbook")
        .path("id")
        .valueStream()
        .anyMatch(value -> value.isTextual() && value.textValue().equals(playbook));
  }

  /** Which fields of a document do not match, with what is there and what was asked for. */
  List<String> mismatches(ObjectNode document) {
    var reasons = new ArrayList<String>();
    mismatches(tree, List.of(), document, reasons);
    return reasons;
  }

  private static void mismatches(
      ObjectNode part, List<String> path, ObjectNode document, List<String> reasons) {
    for (Map.Entry<String, JsonNode> member : part.properties()) {
      var at = new ArrayList<>(path);
      at.add(member.getKey());
      if (member.getValue() instanceof ObjectNode object) {
        mismatches(object, at, document, reasons);
      } else if (!of(nested(at, member.getValue())).matches(document)) {
        reasons.add(reason(at, member.getValue(), document));
      }
    }
  }

  private static String reason(List<String> path, JsonNode asked, ObjectNode document) {
    String name = String.join(".", path);
    String wanted = "; asked for " + Text.shown(asked.toString(), SHOWN);
    if (path.getLast().equals(OR)) {
      return "no alternative of " + name + " matches" + wanted;
    }
    JsonNode found = document;
    for (String step : path) {
      found = found.path(step);
    }
    return found.isMissingNode()
        ? name + " is absent" + wanted
        : name + " is " + Text.shown(found.toString(), SHOWN) + wanted;
  }

  private static ObjectNode nested(List<String> path, JsonNode value) {
    JsonNode node = value;
    for (String step : path.reversed()) {
      node = Json.object().set(step, node);
    }
    return (ObjectNode) node;
  }

  /** The place that Jackson adds is one of a text that the user never saw. */
  private static ModelException invalid(Exception e) {
    String message = String.valueOf(e.getMessage());
    int place = message.indexOf("\n at [");
    String said = place < 0 ? message : message.substring(0, place);
    return new ModelException(
        Text.shown(said.endsWith(".") ? said.substring(0, said.length() - 1) : said, SHOWN), e);
  }
}
