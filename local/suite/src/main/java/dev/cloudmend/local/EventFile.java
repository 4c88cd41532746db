package dev.cloudmend.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.local.InputException.Fault;
import dev.cloudmend.model.CanonicalJson;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of events: one EventBridge event, an array of them, or the entries that {@code aws
 * events put-events} takes.
 */
public final class EventFile {

  /** The most bytes that EventBridge takes for one entry. */
  public static final int LARGEST = 262_144;

  private static final String ENTRIES = "/Entries";

  private final String file;
  private final Supplier<String> account;
  private final String region;

  /**
   * Makes a reader.
   *
   * @param file the file's name, for messages
   * @param account the account whose bus put-events entries go to; asked only when there are some
   * @param region that bus's region
   */
  public EventFile(String file, Supplier<String> account, String region) {
    this.file = file;
    this.account = account;
    this.region = region;
  }

  /**
   * Reads the events.
   *
   * @throws InputException when any of them cannot be read; with all problems
   */
  public List<Located> read(String text) {
    JsonNode root;
    try {
      root = Json.parse(text);
    } catch (ModelException e) {
      throw new InputException(
          List.of(new Fault(file, "", String.valueOf(e.getMessage()), "an EventBridge event")));
    }
    var events = new ArrayList<Located>();
    var faults = new ArrayList<Fault>();
    elements(root)
        .forEach(
            (pointer, node) -> {
              try {
                events.add(one(pointer, null, node));
              } catch (InputException e) {
                faults.addAll(e.faults());
              }
            });
    if (events.isEmpty() && faults.isEmpty()) {
      faults.add(
          new Fault(file, root.isArray() ? "" : ENTRIES, "has no events", "at least one event"));
    }
    if (!faults.isEmpty()) {
      throw new InputException(faults);
    }
    return events;
  }

  /** The events of a document, by their JSON pointers: of an array or of entries, or it itself. */
  public static Map<String, JsonNode> elements(JsonNode root) {
    boolean isList = root.isArray() || root.path("Entries").isArray();
    if (!isList) {
      return Map.of("", root);
    }
    JsonNode list = root.isArray() ? root : root.path("Entries");
    var elements = new LinkedHashMap<String, JsonNode>();
    for (JsonNode element : list) {
      elements.put((root.isArray() ? "" : ENTRIES) + "/" + elements.size(), element);
    }
    return elements;
  }

  /**
   * Reads one event or entry.
   *
   * @param pointer where it stands
   * @param lineNumber the line where it begins
   * @throws InputException when it cannot be read; with all problems
   */
  public Located one(String pointer, @Nullable Integer lineNumber, JsonNode node) {
    var faults = new Faults(file, lineNumber, pointer);
    if (!(node instanceof ObjectNode object)) {
      faults.add("", "is " + kind(node), "an EventBridge event, a JSON object");
      throw faults.exception();
    }
    ObjectNode event =
        object.has("DetailType") || object.has("Detail") ? entry(object, faults) : object;
    faults.end();
    for (String member : List.of("source", "detail-type", "detail")) {
      if (!event.has(member)) {
        faults.add("/" + member, "is missing", "a member of every EventBridge event");
      }
    }
    checkSize(event, faults);
    faults.end();
    return new Located(file, lineNumber, pointer, "", event);
  }

  /**
   * Reads one finding of a report, made into the event of a source.
   *
   * @param pointer where the finding stands
   * @param lineNumber the line where it begins
   * @param event the event whose detail the finding is
   * @throws InputException when it is larger than an event may be
   */
  public Located finding(String pointer, @Nullable Integer lineNumber, ObjectNode event) {
    var faults = new Faults(file, lineNumber, pointer);
    checkSize(event, faults);
    faults.end();
    return new Located(file, lineNumber, pointer, "/detail", event);
  }

  private static void checkSize(ObjectNode event, Faults faults) {
    int bytes = event.toString().getBytes(StandardCharsets.UTF_8).length;
    if (bytes > LARGEST) {
      faults.add("", "has " + bytes + " bytes", "at most " + LARGEST + ", as EventBridge takes");
    }
  }

  /**
   * Does what EventBridge does with an entry: adds id, time, account and region, and opens the
   * detail.
   */
  private ObjectNode entry(ObjectNode entry, Faults faults) {
    ObjectNode event = Json.object();
    event.put("version", "0");
    // EventBridge gives a random id; of the content, the same file is the same events.
    event.put("id", "entry-" + CanonicalJson.sha256(CanonicalJson.of(entry)).substring(0, 24));
    event.set("detail-type", text(entry, "DetailType", faults));
    event.set("source", text(entry, "Source", faults));
    event.put("account", account.get());
    event.put("time", entry.path("Time").asText(Instant.EPOCH.toString()));
    event.put("region", region);
    event.set(
        "resources",
        entry.path("Resources").isArray() ? entry.get("Resources") : Json.object().arrayNode());
    try {
      event.set("detail", Json.parseObject(text(entry, "Detail", faults).asText()));
    } catch (ModelException e) {
      faults.add("/Detail", String.valueOf(e.getMessage()), "a JSON object as a string");
    }
    return event;
  }

  private static JsonNode text(ObjectNode entry, String member, Faults faults) {
    JsonNode value = entry.path(member);
    if (!value.isTextual()) {
      faults.add(
          "/" + member, value.isMissingNode() ? "is missing" : "is " + kind(value), "a string");
    }
    return value;
  }

  private static String kind(JsonNode node) {
    return "a JSON " + node.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
  }

  /** Collects what is wrong with one element. */
  private static final class Faults {

    private final List<Fault> faults = new ArrayList<>();
    private final String file;
    private final @Nullable Integer lineNumber;
    private final String element;

    Faults(String file, @Nullable Integer lineNumber, String element) {
      this.file = file;
      this.lineNumber = lineNumber;
      this.element = element;
    }

    void add(String pointer, String message, String expected) {
      faults.add(new Fault(file, lineNumber, element + pointer, message, expected));
    }

    void end() {
      if (!faults.isEmpty()) {
        throw exception();
      }
    }

    InputException exception() {
      return new InputException(faults);
    }
  }

  /**
   * An event and where it stands.
   *
   * @param file the file's name
   * @param lineNumber the line where it begins, where that is known
   * @param pointer the JSON pointer in it
   * @param wraps the JSON pointer into the event at which the file's own element stands; empty
   *     where the event is that element
   * @param event the event
   */
  public record Located(
      String file, @Nullable Integer lineNumber, String pointer, String wraps, ObjectNode event) {

    public Located(String file, String pointer, ObjectNode event) {
      this(file, null, pointer, "", event);
    }

    /** What is wrong at a JSON pointer into the event, said of the file. */
    public Fault fault(String at, String message, @Nullable String expected) {
      String inElement = at.startsWith(wraps) ? at.substring(wraps.length()) : at;
      return new Fault(file, lineNumber, pointer + inElement, message, expected);
    }
  }
}
