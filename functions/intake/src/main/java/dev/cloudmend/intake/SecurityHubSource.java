package dev.cloudmend.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.function.OwnNote;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Severity;
import dev.cloudmend.model.Text;
import dev.cloudmend.playbooks.Catalogue;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Findings of Security Hub CSPM in the AWS Security Finding Format: {@code Security Hub Findings -
 * Imported} at each new or updated finding, {@code - Custom Action} when a person sends some.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-cwe-event-formats.html">EventBridge
 *     event formats for Security Hub CSPM</a>
 */
final class SecurityHubSource implements Source {

  private static final String SOURCE = "securityhub";
  private static final String IMPORTED = "Security Hub Findings - Imported";
  private static final String CUSTOM_ACTION = "Security Hub Findings - Custom Action";
  private static final int MOST_FINDINGS = 100;
  private static final int MOST_RESOURCES = 32;
  private static final int MOST_STANDARDS = 50;
  private static final Pattern CONTROL =
      Pattern.compile("(?:security-control|[^\\s]*/v/[0-9.]+(?:/rule)?)/([^/\\s]+)");
  private static final Pattern STANDARD =
      Pattern.compile("(?:arn:[^\\s]*:::)?(?:standards|ruleset)/(.+)");

  private final Catalogue catalogue;

  SecurityHubSource(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  @Override
  public boolean reads(Envelope envelope) {
    return envelope.source().equals("aws.securityhub")
        && (envelope.detailType().equals(IMPORTED) || envelope.detailType().equals(CUSTOM_ACTION));
  }

  @Override
  public List<Reading> read(Envelope envelope, EventReader reader) {
    int findings = reader.size("/detail/findings", "a list of ASFF findings", MOST_FINDINGS);
    var reports = new ArrayList<Report>();
    for (int i = 0; i < findings; i++) {
      reports.addAll(reports(envelope, reader, "/detail/findings/" + i));
    }
    reader.finish();
    return reports.stream().map(report -> report.reading(envelope, catalogue)).toList();
  }

  private static List<Report> reports(Envelope envelope, EventReader reader, String at) {
    Optional<String> check = check(reader, at);
    if (check.isEmpty()) {
      reader.required(at + "/GeneratorId", "the control's id, or the id of what found it");
    }
    String id = check.orElse("");
    String title = reader.text(at + "/Title").orElse(id);
    List<ReportedResource> resources = resources(envelope, reader, at);
    Severity severity = severity(reader, at);
    Verdict verdict =
        envelope.detailType().equals(IMPORTED) && isEcho(reader, at)
            ? new Verdict.Settled("the finding's last change is Cloudmend's own note")
            : verdict(reader, at);
    Optional<String> rule =
        reader
            .text(at + "/ProductFields/RelatedAWSResources:0~1name")
            .map(ConfigRuleName::stripped);
    List<String> standards = standards(reader, at);
    ObjectNode facts = facts(reader.event().at(at));
    if (resources.size() == 1) {
      // Of several resources they would be repeated with each, and the state has a limit.
      Optional.of(reader.event().at(at + "/Resources/0"))
          .filter(JsonNode::isObject)
          .ifPresent(r -> facts.set("resource", Facts.of(r, "Type", "Id", "Tags", "Details")));
    }
    return resources.stream()
        .map(
            resource ->
                new Report(SOURCE, id, rule, title, severity, standards, resource, facts, verdict))
        .toList();
  }

  /** The control's id, in the order in which Security Hub has come to say it. */
  private static Optional<String> check(EventReader reader, String at) {
    return reader
        .text(at + "/Compliance/SecurityControlId")
        .or(() -> reader.text(at + "/ProductFields/ControlId"))
        .or(() -> reader.text(at + "/ProductFields/RuleId"))
        .or(() -> reader.text(at + "/GeneratorId").map(SecurityHubSource::ofGenerator));
  }

  private static String ofGenerator(String generator) {
    Matcher control = CONTROL.matcher(generator);
    if (control.matches()) {
      return control.group(1);
    }
    // Prowler's own integration with Security Hub.
    return generator.startsWith("prowler-") ? generator.substring(8) : generator;
  }

  private static List<ReportedResource> resources(
      Envelope envelope, EventReader reader, String at) {
    Optional<String> account = reader.account(at + "/AwsAccountId");
    int size = reader.size(at + "/Resources", "a list of resources", MOST_RESOURCES);
    Optional<String> ofFinding = reader.region(at + "/Region");
    var all = new ArrayList<ReportedResource>();
    for (int i = 0; i < size; i++) {
      String one = at + "/Resources/" + i;
      String type = reader.text(one + "/Type").orElse("");
      Optional<String> id = reader.identifier(one + "/Id", "the resource's ARN or id");
      Optional<String> region = reader.region(one + "/Region").or(() -> ofFinding);
      all.add(
          new ReportedResource(
              type,
              id.orElse(""),
              account.orElse(envelope.account()),
              region.orElse(envelope.region())));
    }
    return all;
  }

  /**
   * Whether the finding comes only because Cloudmend left a note on it. BatchUpdateFindings leaves
   * {@code UpdatedAt} alone, so that a check that ran again since shows.
   */
  private static boolean isEcho(EventReader reader, String at) {
    return reader.text(at + "/Note/UpdatedBy").filter(OwnNote.AUTHOR::equals).isPresent()
        && time(reader, at + "/Note/UpdatedAt")
            .flatMap(noted -> time(reader, at + "/UpdatedAt").map(seen -> !noted.isBefore(seen)))
            .orElse(false);
  }

  private static Optional<Instant> time(EventReader reader, String pointer) {
    return reader
        .text(pointer)
        .flatMap(
            text -> {
              try {
                return Optional.of(Instant.parse(text));
              } catch (DateTimeParseException e) {
                // Then it cannot be told, and the finding is taken as it is.
                return Optional.empty();
              }
            });
  }

  private static Verdict verdict(EventReader reader, String at) {
    String record = reader.text(at + "/RecordState").orElse("ACTIVE");
    if (!record.equals("ACTIVE")) {
      return new Verdict.Settled("the finding's record state is " + Text.shown(record, 100));
    }
    // WorkflowState is the older field; findings of today have both, and only Workflow is kept.
    String workflow =
        reader
            .text(at + "/Workflow/Status")
            .or(() -> reader.text(at + "/WorkflowState"))
            .orElse("NEW");
    String workflowReason = "the finding's workflow status is " + Text.shown(workflow, 100);
    if (workflow.equals("SUPPRESSED")) {
      return new Verdict.Settled(workflowReason);
    }
    // What is no compliance check, such as a threat, has no such status. It comes before RESOLVED,
    // which Security Hub sets by itself for a check that passed.
    String status = reader.text(at + "/Compliance/Status").orElse("FAILED");
    String statusReason = "the check's status is " + Text.shown(status, 100) + ", not FAILED";
    if (status.equals("PASSED")) {
      return new Verdict.Passed(statusReason);
    }
    if (!status.equals("FAILED")) {
      return new Verdict.Settled(statusReason);
    }
    return workflow.equals("RESOLVED") ? new Verdict.Settled(workflowReason) : new Verdict.Failed();
  }

  private static Severity severity(EventReader reader, String at) {
    return reader
        .text(at + "/Severity/Label")
        .or(() -> reader.text(at + "/ProductFields/aws~1securityhub~1SeverityLabel"))
        .map(Severities::of)
        .orElseGet(
            () ->
                Severities.ofNormalized(reader.event().at(at + "/Severity/Normalized").asInt(-1)));
  }

  private static List<String> standards(EventReader reader, String at) {
    JsonNode associated = reader.event().at(at + "/Compliance/AssociatedStandards");
    var all = new ArrayList<String>();
    for (int i = 0; i < Math.min(associated.size(), MOST_STANDARDS); i++) {
      reader.text(at + "/Compliance/AssociatedStandards/" + i + "/StandardsId").ifPresent(all::add);
    }
    if (all.isEmpty()) {
      reader
          .text(at + "/ProductFields/StandardsArn")
          .or(() -> reader.text(at + "/ProductFields/StandardsGuideArn"))
          .ifPresent(all::add);
    }
    return all.stream()
        .map(
            name -> {
              Matcher standard = STANDARD.matcher(name);
              return standard.matches() ? standard.group(1) : name;
            })
        .toList();
  }

  private static ObjectNode facts(JsonNode finding) {
    return finding.isObject()
        ? Facts.of(
            finding,
            "Id",
            "ProductArn",
            "GeneratorId",
            "AwsAccountId",
            "Description",
            "Types",
            "FirstObservedAt",
            "UpdatedAt",
            "Compliance",
            "Workflow",
            "Remediation")
        : Json.object();
  }
}
