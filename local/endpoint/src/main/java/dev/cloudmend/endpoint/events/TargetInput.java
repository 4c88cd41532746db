package dev.cloudmend.endpoint.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.cloudmend.states.paths.ValuePath;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a target gets of an event: all of it, a constant, a part, or a template with parts.
 *
 * <p>In a template a placeholder within quotes gives its text, escaped for JSON (of an object or an
 * array, without quotes); one outside gives JSON. What the event does not have gives an empty text.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html">Input
 *     transformation</a>
 */
final class TargetInput {

  private static final Pattern PLACEHOLDER = Pattern.compile("<([A-Za-z0-9_.-]+)>");

  private TargetInput() {}

  /**
   * The text that the target gets.
   *
   * @throws dev.cloudmend.states.paths.PathSyntaxException when a path of the target is none
   */
  static String of(Delivery delivery) {
    ObjectNode target = delivery.target();
    ObjectNode event = delivery.event();
    if (target.hasNonNull("Input")) {
      return target.path("Input").asText();
    }
    if (target.hasNonNull("InputPath")) {
      JsonNode part = at(event, target.path("InputPath").asText());
      return part.isMissingNode() ? "null" : part.toString();
    }
    JsonNode transformer = target.path("InputTransformer");
    if (transformer.hasNonNull("InputTemplate")) {
      return fill(transformer, delivery);
    }
    return event.toString();
  }

  private static String fill(JsonNode transformer, Delivery delivery) {
    String template = transformer.path("InputTemplate").asText();
    var filled = new StringBuilder();
    Matcher matcher = PLACEHOLDER.matcher(template);
    var quotes = new Quotes(template);
    int end = 0;
    while (matcher.find()) {
      filled.append(template, end, matcher.start());
      JsonNode value = value(matcher.group(1), transformer.path("InputPathsMap"), delivery);
      filled.append(
          quotes.openAt(matcher.start()) ? withinQuotes(value) : outside(value, template));
      end = matcher.end();
    }
    return filled.append(template.substring(end)).toString();
  }

  private static JsonNode value(String name, JsonNode paths, Delivery delivery) {
    return switch (name) {
      case "aws.events.rule-arn" -> TextNode.valueOf(delivery.ruleArn());
      case "aws.events.rule-name" -> TextNode.valueOf(delivery.ruleName());
      case "aws.events.event.ingestion-time" -> TextNode.valueOf(delivery.ingested());
      case "aws.events.event.json" -> delivery.event();
      case "aws.events.event" -> delivery.event().deepCopy().without("detail");
      default ->
          paths.hasNonNull(name)
              ? at(delivery.event(), paths.path(name).asText())
              : MissingNode.getInstance();
    };
  }

  private static JsonNode at(ObjectNode event, String path) {
    return ValuePath.parse(path).read(event, event).orElse(MissingNode.getInstance());
  }

  private static String withinQuotes(JsonNode value) {
    if (value.isMissingNode()) {
      return "";
    }
    if (value.isContainerNode()) {
      return value.toString().replace("\"", "");
    }
    String json = TextNode.valueOf(value.asText()).toString();
    return json.substring(1, json.length() - 1);
  }

  /** In a template that is no JSON but lines of text, texts have no quotes. */
  private static String outside(JsonNode value, String template) {
    boolean json = Map.of('{', true, '[', true, '<', true).containsKey(first(template));
    if (value.isMissingNode()) {
      return json ? "\"\"" : "";
    }
    return json || !value.isTextual() ? value.toString() : value.asText();
  }

  private static char first(String template) {
    String stripped = template.strip();
    return stripped.isEmpty() ? ' ' : stripped.charAt(0);
  }

  /** Follows a text and knows where quotes are open. */
  private static final class Quotes {
    private final String text;
    private int position;
    private boolean open;

    Quotes(String text) {
      this.text = text;
    }

    boolean openAt(int end) {
      for (; position < end; position++) {
        char c = text.charAt(position);
        if (c == '\\' && open) {
          position++;
        } else if (c == '"') {
          open = !open;
        }
      }
      return open;
    }
  }
}
