package dev.cloudmend.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Severity;
import dev.cloudmend.model.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What findings of the Open Cybersecurity Schema Framework have in common, whoever sends them.
 *
 * @see <a href="https://schema.ocsf.io/1.6.0/classes/compliance_finding">Compliance Finding
 *     [2003]</a>
 * @see <a href="https://schema.ocsf.io/1.6.0/classes/detection_finding">Detection Finding
 *     [2004]</a>
 */
final class OcsfFinding {

  private static final int MOST_RESOURCES = 100;
  private static final int CLOSE = 3;
  private static final String RESOLVED = "RESOLVED";
  private static final List<String> SETTLED = List.of("SUPPRESSED", RESOLVED, "ARCHIVED");

  private final Envelope envelope;
  private final EventReader reader;
  private final String at;

  /**
   * Looks at one finding.
   *
   * @param at the JSON pointer to it
   */
  OcsfFinding(Envelope envelope, EventReader reader, String at) {
    this.envelope = envelope;
    this.reader = reader;
    this.at = at;
  }

  /** The text at a pointer into the finding. */
  Optional<String> text(String pointer) {
    return reader.text(at + pointer);
  }

  /** The number at a pointer into the finding; -1 where there is none. */
  int number(String pointer) {
    return node(pointer).asInt(-1);
  }

  JsonNode node(String pointer) {
    return reader.event().at(at + pointer);
  }

  Severity severity() {
    return Severities.of(text("/severity").orElse(""));
  }

  /** Why the finding's own state says that nobody has to act; empty while it is open. */
  Optional<String> settled() {
    return number("/activity_id") == CLOSE
        ? Optional.of("the finding was closed")
        : settledStatus().map(OcsfFinding::reason);
  }

  /** Why nobody is to hear of the finding, however its check ended; empty while it is shown. */
  Optional<String> hidden() {
    return settledStatus().filter(status -> !status.equals(RESOLVED)).map(OcsfFinding::reason);
  }

  private Optional<String> settledStatus() {
    int id = number("/status_id");
    // The schema's 3, 4 and 5 are the same three words; a sender may give only the number.
    if (id >= 3 && id <= 5) {
      return Optional.of(SETTLED.get(id - 3));
    }
    return text("/status").map(name -> name.toUpperCase(Locale.ROOT)).filter(SETTLED::contains);
  }

  private static String reason(String status) {
    return "the finding's status is " + status;
  }

  /** The resources that it is about; a problem where it has none. */
  List<ReportedResource> resources() {
    String account = reader.account(at + "/cloud/account/uid").orElse(envelope.account());
    String region = reader.region(at + "/cloud/region").orElse(envelope.region());
    int size = reader.size(at + "/resources", "a list of resources", MOST_RESOURCES);
    var all = new ArrayList<ReportedResource>();
    for (int i = 0; i < size; i++) {
      String one = at + "/resources/" + i;
      Optional<String> id = reader.identifier(one + "/uid", "the resource's ARN or id");
      // Security Hub gives a bucket's name there, and its ARN beside it.
      Optional<String> arn =
          reader
              .text(one + "/uid_alt")
              .filter(alt -> alt.startsWith("arn:") && alt.length() <= Text.LONGEST);
      boolean hasOwner = !reader.event().at(one + "/owner/account/uid").isMissingNode();
      all.add(
          new ReportedResource(
              reader.text(one + "/type").orElse(""),
              arn.or(() -> id).orElse(""),
              hasOwner ? reader.account(one + "/owner/account/uid").orElse(account) : account,
              reader.region(one + "/region").orElse(region)));
    }
    return all;
  }

  /** What the finding says beside the check, and of its resource where it is one. */
  ObjectNode facts(String... members) {
    JsonNode finding = node("");
    ObjectNode facts = finding.isObject() ? Facts.of(finding, members) : Json.object();
    JsonNode resources = node("/resources");
    if (resources.size() == 1 && resources.path(0).isObject()) {
      // Of several resources they would be repeated with each, and the state has a limit.
      facts.set("resource", Facts.of(resources.path(0), "type", "uid", "name", "labels", "data"));
    }
    return facts;
  }
}
