package dev.cloudmend.store;

import dev.cloudmend.model.CanonicalJson;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * What one playbook has done with one resource: the incident that claimed it last, and the fixes.
 *
 * <p>The first two parts of a history's name are those of a {@link ClaimKey}.
 */
public final class Histories {

  /** How long a fix is remembered. */
  public static final Duration KEPT_FOR = Duration.ofDays(90);

  /** More fixes than any breaker counts. */
  private static final int MOST_FIXES = 100;

  private final Table state;

  Histories(Table state) {
    this.state = state;
  }

  /**
   * Records the incident that claimed the resource last.
   *
   * @param live whether its run may write
   */
  public void claimed(String targetKey, String playbook, String incidentId, boolean live) {
    var item = new HashMap<>(Values.key(name(targetKey, playbook), latest(live)));
    item.put("targetKey", Values.text(targetKey));
    item.put("playbook", Values.text(playbook));
    item.put("incidentId", Values.text(incidentId));
    state.put(item);
  }

  /** The incident that claimed the resource last. */
  public Optional<String> latest(String targetKey, String playbook, boolean live) {
    return state
        .get("history", Values.key(name(targetKey, playbook), latest(live)))
        .map(item -> item.text("incidentId"));
  }

  /**
   * Records that an incident's change was applied and read back. What was intended says when, so
   * that a step that comes again records the same fix.
   *
   * @param record the incident, as it was when its intent stood
   */
  public void fixed(IncidentRecord record, Change change) {
    Intent intent = record.intent();
    Incident incident = record.incident();
    fixed(
        change.target().key(),
        change.playbook(),
        new Fix(
            incident.incidentId(),
            intent == null ? record.openedAt() : intent.at(),
            incident.run().actor(),
            Fix.brokenBy(incident.finding())));
  }

  /** Records a fix; the same fix again changes nothing. */
  public void fixed(String targetKey, String playbook, Fix fix) {
    var item =
        new HashMap<>(
            Values.key(name(targetKey, playbook), whenFixed(fix.at()) + fix.incidentId()));
    item.put("targetKey", Values.text(targetKey));
    item.put("playbook", Values.text(playbook));
    item.put("incidentId", Values.text(fix.incidentId()));
    item.put("at", Values.time(fix.at()));
    item.put("by", Values.text(fix.by()));
    item.put("brokenBy", Values.text(fix.brokenBy()));
    item.put("expiresAt", Values.seconds(fix.at().plus(KEPT_FOR)));
    state.put(item);
  }

  /** The latest hundred fixes at most, the latest first. */
  public List<Fix> fixes(String targetKey, String playbook) {
    return state
        .query(
            QueryRequest.builder()
                .keyConditionExpression("pk = :pk AND begins_with(sk, :fix)")
                .expressionAttributeValues(
                    Map.<String, AttributeValue>of(
                        ":pk", Values.text(name(targetKey, playbook)), ":fix", Values.text("fix#")))
                .scanIndexForward(false)
                .limit(MOST_FIXES)
                .consistentRead(true))
        .items()
        .stream()
        .map(item -> read(new Item("fix of " + targetKey, item)))
        .toList();
  }

  /** The fixes since a time, the latest first. */
  public List<Fix> fixesSince(String targetKey, String playbook, Instant since) {
    return fixes(targetKey, playbook).stream().filter(fix -> !fix.at().isBefore(since)).toList();
  }

  private static Fix read(Item item) {
    return new Fix(
        item.text("incidentId"), item.time("at"), item.text("by"), item.text("brokenBy"));
  }

  /** Its order is that of time, which that of {@link Instant#toString} is not. */
  private static String whenFixed(Instant at) {
    return "fix#%012d.%09d#".formatted(at.getEpochSecond(), at.getNano());
  }

  private static String latest(boolean live) {
    return live ? "latest#live" : "latest#dry";
  }

  /** Hashed, since an ARN alone may be as long as a key may be. */
  private static String name(String targetKey, String playbook) {
    return "history#" + CanonicalJson.sha256(targetKey + "\n" + playbook);
  }
}
