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
import java.util.List;
import java.util.function.Supplier;

/**
 * Reads a file of events: one EventBridge event, an array of them, or the entries that {@code aws
 * events put-events} takes.
 */
public final class EventFile {

  /** The most bytes that EventBridge takes for one entry. */
  public static final int LARGEST = 262_144;

  private final String file;
  private final Supplier<String> account;
  private final String region;
  private final List<Fault> faults = new ArrayList<>();

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
    if (root.isArray() || root.path("Entries").isArray()) {
      JsonNode list = root.isArray() ? root : root.path("Entries");
      String at = root.isArray() ? "/" : "/Entries/";
      for (int i = 0; i < list.size(); i++) {
        one(at + i, list.get(i), events);
      }
      if (list.isEmpty()) {
        fault(root.isArray() ? "" : "/Entries", "has no events", "at least one event");
      }
    } else {
      one("", root, events);
    }
    if (!faults.isEmpty()) {
      throw new InputException(faults);
    }
    return events;
  }

  private void one(String pointer, JsonNode node, List<Located> events) {
    if (!(node instanceof ObjectNode object)) {
      fault(pointer, "is " + kind(node), "an EventBridge event, a JSON object");
      return;
    }
    int before = faults.size();
    ObjectNode event =
        object.has("DetailType") || object.has("Detail") ? entry(pointer, object) : object;
    if (faults.size() > before) {
      return;
    }
    for (String member : List.of("source", "detail-type", "detail")) {
      if (!event.has(member)) {
        fault(pointer + "/" + member, "is missing", "a member of every EventBridge event");
      }
    }
    int bytes = event.toString().getBytes(StandardCharsets.UTF_8).length;
    if (bytes > LARGEST) {
      fault(pointer, "has " + bytes + " bytes", "at most " + LARGEST + ", as EventBridge takes");
    }
    if (faults.size() == before) {
      events.add(new Located(file, pointer, event));
    }
  }

  /**
   * Does what EventBridge does with an entry: adds id, time, account and region, and opens the
   * detail.
   */
  private ObjectNode entry(String pointer, ObjectNode entry) {
    ObjectNode event = Json.object();
    event.put("version", "0");
    // EventBridge gives a random id; of the content, the same file is the same events.
    event.put("id", "entry-" + CanonicalJson.sha256(CanonicalJson.of(entry)).substring(0, 24));
    event.set("detail-type", text(pointer, entry, "DetailType"));
    event.set("source", text(pointer, entry, "Source"));
    event.put("account", account.get());
    event.put("time", entry.path("Time").asText(Instant.EPOCH.toString()));
    event.put("region", region);
    event.set(
        "resources",
        entry.path("Resources").isArray() ? entry.get("Resources") : Json.object().arrayNode());
    try {
      event.set("detail", Json.parseObject(text(pointer, entry, "Detail").asText()));
    } catch (ModelException e) {
      fault(pointer + "/Detail", String.valueOf(e.getMessage()), "a JSON object as a string");
    }
    return event;
  }

  private JsonNode text(String pointer, ObjectNode entry, String member) {
    JsonNode value = entry.path(member);
    if (!value.isTextual()) {
      fault(
          pointer + "/" + member,
          value.isMissingNode() ? "is missing" : "is " + kind(value),
          "a string");
    }
    return value;
  }

  private void fault(String pointer, String message, String expected) {
    faults.add(new Fault(file, pointer, message, expected));
  }

  private static String kind(JsonNode node) {
    return "a JSON " + node.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
  }

  /**
   * An event and where it stands.
   *
   * @param file the file's name
   * @param pointer the JSON pointer in it
   * @param event the event
   */
  public record Located(String file, String pointer, ObjectNode event) {}
}
