package dev.cloudmend.local.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.CanonicalJson;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One finding of a report that Prowler writes with {@code --output-formats json-ocsf}.
 *
 * @see <a href="https://docs.prowler.com/user-guide/cli/tutorials/reporting">Prowler: reporting</a>
 * @see <a href="https://schema.ocsf.io/1.6.0/classes/detection_finding">Detection Finding
 *     [2004]</a>
 */
public final class ProwlerFinding {

  private static final int DETECTION_FINDING = 2004;
  private static final int CLOSE = 3;

  /** Suppressed, resolved and archived, by {@code status_id}. */
  private static final List<Integer> SETTLED_IDS = List.of(3, 4, 5);

  private static final List<String> SETTLED =
      List.of("SUPPRESSED", "RESOLVED", "ARCHIVED", "MUTED");

  /** Seconds up to here, milliseconds beyond: the year 5138 or March 1973. */
  private static final long LAST_SECOND = 100_000_000_000L;

  private final ObjectNode finding;

  /** What a finding says of its check. */
  public enum Status {
    FAIL,
    PASS,
    MANUAL,
    /** Muted in Prowler, or settled in whatever passed it on. */
    MUTED,
    /** A word that Prowler does not have. */
    OTHER
  }

  private ProwlerFinding(ObjectNode finding) {
    this.finding = finding;
  }

  /** The finding, where an element of a file is one. */
  public static Optional<ProwlerFinding> of(JsonNode element) {
    boolean isFinding =
        element.isObject()
            && !element.has("detail-type")
            && !element.has("DetailType")
            && (element.at("/metadata/event_code").isTextual()
                || element.path("class_uid").asInt() == DETECTION_FINDING);
    return isFinding ? Optional.of(new ProwlerFinding((ObjectNode) element)) : Optional.empty();
  }

  /** The check's id; empty where it has none. */
  public String check() {
    return finding.at("/metadata/event_code").asText("").strip();
  }

  public Status status() {
    boolean isSettled =
        finding.path("activity_id").asInt() == CLOSE
            || SETTLED_IDS.contains(finding.path("status_id").asInt())
            || Stream.of("status", "status_code")
                .map(member -> finding.path(member).asText("").toUpperCase(Locale.ROOT))
                .anyMatch(SETTLED::contains);
    String code = finding.path("status_code").asText("");
    if (isSettled) {
      return Status.MUTED;
    }
    return Arrays.stream(Status.values())
        .filter(status -> status.name().equals(code))
        .findFirst()
        .orElse(Status.OTHER);
  }

  /**
   * The event of this finding. It speaks of the finding's own account, as whoever runs the report
   * vouches for it; its id is of the finding's content, so the same report is the same events.
   *
   * @param elsewhere the region of a finding that names none
   * @throws ModelException when it names no account at {@code /cloud/account/uid}
   */
  public ObjectNode event(String elsewhere) {
    ObjectNode event = Json.object();
    event.put("version", "0");
    event.put("id", "prowler-" + CanonicalJson.sha256(CanonicalJson.of(finding)).substring(0, 24));
    event.put("detail-type", "Prowler Finding");
    event.put("source", "prowler.compliance");
    event.put("account", account());
    event.put("time", time().toString());
    event.put("region", region().orElse(elsewhere));
    event.putArray("resources");
    event.set("detail", finding);
    return event;
  }

  private String account() {
    return Arn.checkAccount(finding.at("/cloud/account/uid").asText(""));
  }

  private Optional<String> region() {
    return Stream.of("/cloud/region", "/resources/0/region")
        .map(pointer -> finding.at(pointer).asText(""))
        .filter(ProwlerFinding::isRegion)
        .findFirst();
  }

  private static boolean isRegion(String text) {
    try {
      Arn.checkRegion(text);
      return true;
    } catch (ModelException e) {
      return false;
    }
  }

  /** When the check ran; the numbers first, as Prowler writes its texts in local time. */
  private Instant time() {
    for (String pointer : List.of("/finding_info/created_time", "/time")) {
      long number = finding.at(pointer).asLong();
      if (number > 0) {
        return number > LAST_SECOND ? millis(number) : Instant.ofEpochSecond(number);
      }
    }
    return Stream.of("/finding_info/created_time_dt", "/time_dt")
        .map(pointer -> finding.at(pointer).asText(""))
        .flatMap(text -> instant(text).stream())
        .findFirst()
        .orElse(Instant.EPOCH);
  }

  private static Instant millis(long number) {
    // Beyond the year 9999 it is neither.
    return number < LAST_SECOND * 1_000 ? Instant.ofEpochMilli(number) : Instant.EPOCH;
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(
          text.endsWith("Z")
              ? Instant.parse(text)
              : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
