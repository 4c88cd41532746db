package dev.cloudmend.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.CanonicalJson;
import dev.cloudmend.model.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The items of the audit table, and how an entry is hashed.
 *
 * <p>Each entry and head has exactly one form as an item, so that verification can compare a stored
 * item with the one that its content should have.
 */
final class AuditItems {

  /**
   * One chain would be one item, its head, that every append of the suite has to win; with 16 they
   * are won side by side. All entries of an incident stand in one chain.
   */
  static final int CHAINS = 16;

  /** What the first entry of a chain names as the hash before it. */
  static final String GENESIS = "sha256:" + "0".repeat(64);

  /** A head stands where a chain's entry 0 would. */
  private static final long HEAD = 0;

  /** One width for all times, since the index sorts them as text. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private AuditItems() {}

  /**
   * The end of a chain.
   *
   * @param count how many entries the chain has
   * @param lastHash the hash of the last of them
   */
  record Head(int chain, long count, String lastHash) {

    static Head empty(int chain) {
      return new Head(chain, 0, GENESIS);
    }
  }

  static int chainOf(String incidentId) {
    return Integer.parseInt(CanonicalJson.sha256(incidentId).substring(0, 4), 16) % CHAINS;
  }

  static AuditEntry next(
      Head head, Instant now, String incidentId, String kind, String actor, String data) {
    long sequence = head.count() + 1;
    Instant at = now.truncatedTo(ChronoUnit.MILLIS);
    String hash = hash(head.chain(), sequence, at, incidentId, kind, actor, data, head.lastHash());
    return new AuditEntry(
        head.chain(),
        sequence,
        at,
        incidentId,
        kind,
        actor,
        Json.parseObject(data),
        head.lastHash(),
        hash);
  }

  /** The hash that the entry's content has, whatever it says of itself. */
  static String hashOf(AuditEntry entry) {
    return hash(
        entry.chain(),
        entry.sequence(),
        entry.at(),
        entry.incidentId(),
        entry.kind(),
        entry.actor(),
        dataText(entry.data()),
        entry.previousHash());
  }

  private static String hash(
      int chain,
      long sequence,
      Instant at,
      String incidentId,
      String kind,
      String actor,
      String data,
      String previousHash) {
    return CanonicalJson.hash(
        Json.object()
            .put("chain", chain)
            .put("sequence", sequence)
            .put("at", TIME.format(at))
            .put("incidentId", incidentId)
            .put("kind", kind)
            .put("actor", actor)
            .put("data", data)
            .put("previousHash", previousHash));
  }

  /** The text in which data is stored and hashed. */
  static String dataText(ObjectNode data) {
    return Values.sendable(CanonicalJson.of(data));
  }

  static Map<String, AttributeValue> key(int chain, long sequence) {
    return Map.of("chain", Values.number(chain), "sequence", Values.number(sequence));
  }

  static Map<String, AttributeValue> headKey(int chain) {
    return key(chain, HEAD);
  }

  static Map<String, AttributeValue> encode(AuditEntry entry) {
    var item = new HashMap<>(key(entry.chain(), entry.sequence()));
    item.put("at", Values.text(TIME.format(entry.at())));
    item.put("day", Values.text(day(entry.at())));
    item.put("incidentId", Values.text(entry.incidentId()));
    item.put("kind", Values.text(entry.kind()));
    item.put("actor", Values.text(entry.actor()));
    item.put("data", Values.text(dataText(entry.data())));
    item.put("previousHash", Values.text(entry.previousHash()));
    item.put("hash", Values.text(entry.hash()));
    return item;
  }

  /**
   * Reads an entry.
   *
   * @throws StoreException when an attribute is missing or unreadable
   */
  static AuditEntry decode(Map<String, AttributeValue> attributes) {
    var item = new Item("audit entry " + place(attributes), attributes);
    return new AuditEntry(
        (int) item.number("chain"),
        item.number("sequence"),
        item.time("at"),
        item.text("incidentId"),
        item.text("kind"),
        item.text("actor"),
        item.json("data", ObjectNode.class),
        item.text("previousHash"),
        item.text("hash"));
  }

  static Map<String, AttributeValue> encode(Head head) {
    var item = new HashMap<>(headKey(head.chain()));
    item.put("count", Values.number(head.count()));
    item.put("lastHash", Values.text(head.lastHash()));
    return item;
  }

  static Head decodeHead(Map<String, AttributeValue> attributes) {
    var item = new Item("audit head " + place(attributes), attributes);
    return new Head((int) item.number("chain"), item.number("count"), item.text("lastHash"));
  }

  static boolean isHead(Map<String, AttributeValue> attributes) {
    return keyPart(attributes, "sequence").equals(Long.toString(HEAD));
  }

  static String day(Instant at) {
    return TIME.format(at).substring(0, 10);
  }

  static String time(Instant at) {
    return TIME.format(at);
  }

  /** The chain or the sequence of an item, as DynamoDB writes the number. */
  static String keyPart(Map<String, AttributeValue> item, String attribute) {
    return Optional.ofNullable(item.get(attribute)).map(AttributeValue::n).orElse("?");
  }

  private static String place(Map<String, AttributeValue> item) {
    return keyPart(item, "chain") + "/" + keyPart(item, "sequence");
  }
}
