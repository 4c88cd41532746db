package dev.cloudmend.endpoint.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.endpoint.ServiceException;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Reads the entries of a PutEvents call: which are events, and why the others are none.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html">PutEvents</a>
 */
final class PutEvents {

  private static final int MOST_ENTRIES = 10;

  /** Of all entries of a call together; 256 KB until January 2026. */
  private static final long LIMIT = 1024 * 1024;

  private static final int SIZE_OF_TIME = 14;
  private static final int LONGEST_DETAIL_TYPE = 128;

  private final String account;
  private final String region;
  private final Instant now;
  private final ArrayNode results = Json.mapper().createArrayNode();
  private final List<Accepted> accepted = new ArrayList<>();
  private int failed;

  private PutEvents(String account, String region, Instant now) {
    this.account = account;
    this.region = region;
    this.now = now;
  }

  /** An event, and where it was put. */
  record Accepted(Bus bus, ObjectNode event) {}

  /** Why an entry is refused. */
  private record Refusal(String code, String message) {}

  /**
   * Reads a call.
   *
   * @throws ServiceException ValidationException when there are no entries, too many, or too large
   *     ones: then none is taken
   */
  static PutEvents read(JsonNode entries, String account, String region, Instant now) {
    if (entries.isEmpty()) {
      throw invalid(
          "1 validation error detected: Value '[]' at 'entries' failed to satisfy constraint:"
              + " Member must have length greater than or equal to 1");
    }
    if (entries.size() > MOST_ENTRIES) {
      throw invalid(
          "1 validation error detected: Value at 'entries' failed to satisfy constraint:"
              + " Member must have length less than or equal to "
              + MOST_ENTRIES);
    }
    long size = 0;
    for (JsonNode entry : entries) {
      size += size(entry);
    }
    if (size > LIMIT) {
      throw invalid("Total size of the entries in the request is over the limit.");
    }
    var read = new PutEvents(account, region, now);
    entries.forEach(read::entry);
    return read;
  }

  /** As the user guide counts it. */
  private static long size(JsonNode entry) {
    long size = entry.hasNonNull("Time") ? SIZE_OF_TIME : 0;
    size += bytes(entry.path("Source")) + bytes(entry.path("DetailType"));
    size += bytes(entry.path("Detail"));
    for (JsonNode resource : entry.path("Resources")) {
      size += bytes(resource);
    }
    return size;
  }

  private static long bytes(JsonNode text) {
    return text.asText("").getBytes(UTF_8).length;
  }

  private static ServiceException invalid(String message) {
    return new ServiceException(400, "ValidationException", message);
  }

  List<Accepted> accepted() {
    return accepted;
  }

  /** The answer to the call. */
  ObjectNode answer() {
    return Json.object().put("FailedEntryCount", failed).<ObjectNode>set("Entries", results);
  }

  private void entry(JsonNode entry) {
    Object read = read(entry);
    if (read instanceof ObjectNode event) {
      String bus = entry.path("EventBusName").asText("");
      accepted.add(new Accepted(Bus.of(bus, account, region), event));
      results.addObject().put("EventId", event.path("id").asText());
    } else if (read instanceof Refusal refusal) {
      failed++;
      results.addObject().put("ErrorCode", refusal.code()).put("ErrorMessage", refusal.message());
    }
  }

  /** An event, or why it is none. */
  private Object read(JsonNode entry) {
    for (String required : List.of("Source", "DetailType", "Detail")) {
      if (entry.path(required).asText("").isEmpty()) {
        return argument(required, required + " is a required argument.");
      }
    }
    String source = entry.path("Source").asText();
    if (source.startsWith("aws.")) {
      return new Refusal("NotAuthorizedForSourceException", "Not authorized for the source.");
    }
    String detailType = entry.path("DetailType").asText();
    if (detailType.length() > LONGEST_DETAIL_TYPE) {
      return argument(
          "DetailType", "DetailType has more than " + LONGEST_DETAIL_TYPE + " characters.");
    }
    ObjectNode event = Json.object().put("version", "0").put("id", UUID.randomUUID().toString());
    event.put("detail-type", detailType).put("source", source);
    event.put("account", account);
    event.put("time", time(entry.path("Time")).truncatedTo(ChronoUnit.SECONDS).toString());
    event.put("region", region);
    ArrayNode resources = event.putArray("resources");
    entry.path("Resources").forEach(resource -> resources.add(resource.asText()));
    try {
      event.set("detail", Json.parseObject(entry.path("Detail").asText()));
    } catch (ModelException e) {
      return new Refusal("MalformedDetail", "Detail is malformed.");
    }
    return event;
  }

  private static Refusal argument(String name, String reason) {
    return new Refusal("InvalidArgument", "Parameter " + name + " is not valid. Reason: " + reason);
  }

  /** Seconds since 1970, as the JSON protocol has it. */
  private Instant time(JsonNode time) {
    if (!time.isNumber()) {
      return now;
    }
    BigDecimal millis = time.decimalValue().movePointRight(3);
    return Instant.ofEpochMilli(millis.longValue());
  }
}
