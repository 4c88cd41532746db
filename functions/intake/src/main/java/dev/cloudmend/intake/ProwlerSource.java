package dev.cloudmend.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Severity;
import dev.cloudmend.model.Text;
import dev.cloudmend.playbooks.Catalogue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Findings of Prowler as its {@code json-ocsf} report has them, one an event: {@code source:
 * prowler.compliance}, {@code detail-type: Prowler Finding}.
 *
 * @see <a href="https://docs.prowler.com/user-guide/cli/tutorials/reporting">Prowler: reporting</a>
 */
final class ProwlerSource implements Source {

  private static final int DETECTION_FINDING = 2004;
  private static final int MOST_FRAMEWORKS = 50;

  private final Catalogue catalogue;

  ProwlerSource(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  @Override
  public boolean reads(Envelope envelope) {
    return envelope.source().equals("prowler.compliance")
        && envelope.detailType().equals("Prowler Finding");
  }

  @Override
  public List<Reading> read(Envelope envelope, EventReader reader) {
    var finding = new OcsfFinding(envelope, reader, "/detail");
    Optional<String> provider = finding.text("/cloud/provider");
    boolean isAws = provider.map(p -> p.toLowerCase(Locale.ROOT).equals("aws")).orElse(true);
    if (!isAws) {
      reader.problem(
          "/detail/cloud/provider", "is " + provider.orElse(""), "aws: no other is looked at");
    }
    String check =
        reader
            .required("/detail/metadata/event_code", "the check's id, such as s3_bucket_acl")
            .orElse("");
    Optional<String> status = reader.required("/detail/status_code", "FAIL, PASS or MANUAL");
    if (finding.number("/class_uid") != DETECTION_FINDING
        && finding.node("/class_uid").isNumber()) {
      reader.problem("/detail/class_uid", "is another class", "2004, a Detection Finding");
    }
    Verdict verdict =
        finding
            .settled()
            .or(() -> status.flatMap(ProwlerSource::notFailed))
            .<Verdict>map(Verdict.Settled::new)
            .orElseGet(Verdict.Failed::new);
    String title =
        finding.text("/message").or(() -> finding.text("/finding_info/title")).orElse(check);
    Severity severity = finding.severity();
    List<String> frameworks =
        finding.node("/unmapped/compliance").properties().stream()
            .limit(MOST_FRAMEWORKS)
            .map(Map.Entry::getKey)
            .map(Text::bounded)
            .toList();
    ObjectNode facts =
        finding.facts("finding_info", "status_detail", "risk_details", "remediation", "time_dt");
    List<ReportedResource> resources = finding.resources();
    reader.finish();
    return resources.stream()
        .map(
            resource ->
                new Report(
                    "prowler",
                    check,
                    Optional.empty(),
                    title,
                    severity,
                    frameworks,
                    resource,
                    facts,
                    verdict))
        .map(report -> report.reading(envelope, catalogue))
        .toList();
  }

  private static Optional<String> notFailed(String status) {
    return status.equals("FAIL")
        ? Optional.empty()
        : Optional.of("the check's status is " + Text.shown(status, 100) + ", not FAIL");
  }
}
