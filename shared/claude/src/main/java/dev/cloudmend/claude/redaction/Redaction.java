package dev.cloudmend.claude.redaction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;

/**
 * Takes out of one prompt what must not leave the account, and puts it back into the answer.
 *
 * <p>First everything is learned that the prompt will show, so that a name that one text gives away
 * is known in all others; then it is redacted. The same value has the same placeholder throughout.
 * Text that looks like a placeholder becomes one itself, so what is put back is never another value
 * than the one that was there.
 */
public final class Redaction {

  /** A value as short as this, or of letters only, may stand in a fixed text by chance. */
  private static final int DISTINCTIVE = 8;

  /**
   * A letter that stands for a placeholder while names are looked for, so that what is not a word
   * of its own beside a value is none beside its placeholder.
   */
  private static final String LETTER = "\u02ac";

  private final Names names;
  private final Set<String> ownMembers;
  private final KnownValues known = new KnownValues();
  private final Map<String, String> placeholders = new HashMap<>();
  private final Map<String, Replaced> replaced = new HashMap<>();
  private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);

  private record Replaced(String value, Kind kind) {}

  /**
   * @param withNames whether bucket and host names are redacted as well
   * @param ownMembers names of members that the prompt itself gives, and that are therefore no
   *     names of an event
   */
  public Redaction(boolean withNames, Set<String> ownMembers) {
    this.names = new Names(withNames);
    this.ownMembers = Set.copyOf(ownMembers);
  }

  /** Takes note of every value in a document. */
  public void learn(JsonNode document) {
    learn("", document);
  }

  /** The document with placeholders, also in the names of members. Call {@link #learn} before. */
  public JsonNode redact(JsonNode document) {
    return redact("", document);
  }

  /** One text with placeholders. */
  public String redact(String text) {
    learn("", text);
    return replace("", text);
  }

  /**
   * The text with values instead of placeholders; secrets and access keys stay placeholders, and so
   * does what was never one.
   */
  public String restore(String text) {
    return Kind.PLACEHOLDER
        .matcher(text)
        .replaceAll(
            m -> {
              Replaced there = replaced.get(m.group());
              return Matcher.quoteReplacement(
                  there == null || !there.kind.restored() ? m.group() : there.value);
            });
  }

  /**
   * Looks for everything that was redacted.
   *
   * <p>The finished texts also hold fixed words: a name that is a common word may stand there. In
   * the block a value is looked for as it would be written, since a quotation mark that ends a text
   * of the block is none of the text before it.
   *
   * @param data the redacted documents
   * @param block the finished text with the data, as {@link DataText#write} writes it
   * @param texts the finished texts without data
   * @throws RedactionException when something is left
   */
  public void check(JsonNode data, String block, String... texts) {
    check(data);
    check(block, DataText::written);
    for (String text : texts) {
      check(text, UnaryOperator.identity());
    }
  }

  private void check(String text, UnaryOperator<String> form) {
    String lower = withoutPlaceholders(text).toLowerCase(Locale.ROOT);
    for (Replaced there : replaced.values()) {
      if (isDistinctive(there)
          && lower.contains(form.apply(there.value).toLowerCase(Locale.ROOT))) {
        throw left(there.kind);
      }
    }
  }

  private void check(JsonNode node) {
    if (node.isContainerNode()) {
      node.elements().forEachRemaining(this::check);
      node.fieldNames()
          .forEachRemaining(
              name -> {
                if (!ownMembers.contains(name)) {
                  check(name);
                }
              });
    } else {
      check(node.asText());
    }
  }

  private void check(String redacted) {
    String rest = withoutPlaceholders(redacted);
    var found = new ArrayList<Span>();
    findKnown(rest, found::add);
    if (!found.isEmpty()) {
      throw left(found.getFirst().kind());
    }
  }

  private static String withoutPlaceholders(String text) {
    return Kind.PLACEHOLDER.matcher(text).replaceAll(LETTER);
  }

  private static RedactionException left(Kind kind) {
    return new RedactionException(
        "the prompt still shows a value of kind " + kind + "; it is not sent");
  }

  private static boolean isDistinctive(Replaced there) {
    return switch (there.kind) {
      case ACCOUNT, ACCESS_KEY, EMAIL -> true;
      case SECRET ->
          there.value.length() >= DISTINCTIVE
              && there.value.chars().anyMatch(c -> c >= '0' && c <= '9');
      case IP, PRIVATE_ADDRESS, PRINCIPAL, BUCKET, HOST, TEXT -> false;
    };
  }

  private void learn(String member, JsonNode node) {
    if (node instanceof ObjectNode object) {
      object
          .properties()
          .forEach(
              entry -> {
                learn("", entry.getKey());
                learn(entry.getKey(), entry.getValue());
              });
    } else if (node instanceof ArrayNode array) {
      array.forEach(element -> learn(member, element));
    } else {
      learn(member, node.asText());
    }
  }

  private void learn(String member, String text) {
    for (Span span : Span.withoutNamedGuesses(detected(member, text))) {
      known.add(span.of(text), span.kind(), span.guess());
    }
  }

  private JsonNode redact(String member, JsonNode node) {
    if (node instanceof ObjectNode object) {
      ObjectNode copy = Json.object();
      object
          .properties()
          .forEach(
              entry ->
                  copy.set(
                      ownMembers.contains(entry.getKey())
                          ? entry.getKey()
                          : replace("", entry.getKey()),
                      redact(entry.getKey(), entry.getValue())));
      return copy;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = Json.mapper().createArrayNode();
      array.forEach(element -> copy.add(redact(member, element)));
      return copy;
    }
    String text = node.asText();
    String redacted = replace(member, text);
    return redacted.equals(text) ? node : Json.object().textNode(redacted);
  }

  private String replace(String member, String text) {
    List<Span> spans = detected(member, text);
    known.find(text, spans::add);
    Kind.PLACEHOLDER
        .matcher(text)
        .results()
        .forEach(m -> spans.add(new Span(m.start(), m.end(), Kind.TEXT)));
    List<Span> merged = complete(text, spans);
    var out = new StringBuilder();
    int from = 0;
    for (Span span : merged) {
      out.append(text, from, span.start()).append(placeholder(span.of(text), span.kind()));
      from = span.end();
    }
    return out.append(text, from, text.length()).toString();
  }

  /**
   * What is glued to a value may hide another, which shows when the value is gone: looks again
   * until nothing is left.
   */
  private List<Span> complete(String text, List<Span> spans) {
    var all = new ArrayList<>(spans);
    var hidden = new ArrayList<Span>();
    List<Span> merged;
    do {
      all.addAll(hidden);
      hidden.clear();
      merged = Span.merged(text, all);
      var rest = new StringBuilder(text);
      for (Span span : merged) {
        rest.replace(span.start(), span.end(), LETTER.repeat(span.end() - span.start()));
      }
      findKnown(rest.toString(), hidden::add);
    } while (!hidden.isEmpty());
    return merged;
  }

  private void findKnown(String text, Consumer<Span> found) {
    known.find(text, found);
    Addresses.findIp(text, found);
  }

  private List<Span> detected(String member, String text) {
    var spans = new ArrayList<Span>();
    Secrets.find(text, spans::add);
    // Before the addresses: a session named by an e-mail address is a principal.
    names.find(text, spans::add);
    Addresses.find(text, spans::add);
    if (Secrets.isMember(member, text)) {
      spans.add(new Span(0, text.length(), Kind.SECRET));
    }
    names.findInMember(member, text, spans::add);
    return spans;
  }

  private String placeholder(String value, Kind kind) {
    return placeholders.computeIfAbsent(
        value,
        v -> {
          String placeholder = kind + "_" + counts.merge(kind, 1, Integer::sum);
          replaced.put(placeholder, new Replaced(v, kind));
          return placeholder;
        });
  }
}
