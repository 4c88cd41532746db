package dev.cloudmend.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Severity;
import dev.cloudmend.model.Text;
import dev.cloudmend.playbooks.Catalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Findings of Security Hub in OCSF: {@code Findings Imported V2}. Only its Compliance Findings
 * (2003) are checks; threats, vulnerabilities and exposures come by the same detail type.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-v2-cwe-event-formats.html">EventBridge
 *     event formats</a>
 */
final class SecurityHubV2Source implements Source {

  private static final int COMPLIANCE_FINDING = 2003;
  private static final int PASS = 1;
  private static final int FAIL = 3;
  private static final int MOST_FINDINGS = 100;
  private static final int MOST_STANDARDS = 50;

  private final Catalogue catalogue;

  SecurityHubV2Source(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  @Override
  public boolean reads(Envelope envelope) {
    return envelope.source().equals("aws.securityhub")
        && envelope.detailType().equals("Findings Imported V2");
  }

  @Override
  public List<Reading> read(Envelope envelope, EventReader reader) {
    int findings = reader.size("/detail/findings", "a list of OCSF findings", MOST_FINDINGS);
    var reports = new ArrayList<Report>();
    for (int i = 0; i < findings; i++) {
      reports.addAll(reports(envelope, reader, "/detail/findings/" + i));
    }
    reader.finish();
    return reports.stream().map(report -> report.reading(envelope, catalogue)).toList();
  }

  private static List<Report> reports(Envelope envelope, EventReader reader, String at) {
    var finding = new OcsfFinding(envelope, reader, at);
    Optional<String> title = finding.text("/finding_info/title");
    Optional<String> control = finding.text("/compliance/control");
    Optional<String> rule =
        finding.text("/finding_info/analytic/name").map(ConfigRuleName::stripped);
    boolean isCheck = finding.number("/class_uid") == COMPLIANCE_FINDING;
    if (isCheck && control.isEmpty() && rule.isEmpty()) {
      reader.required(at + "/compliance/control", "the control's id, such as S3.8");
    }
    // What is no check has no control; its title is all there is.
    String check = control.or(() -> rule).or(() -> title).orElse("none");
    Verdict verdict =
        isCheck
            ? verdict(finding)
            : new Verdict.Settled(
                "the finding is of class "
                    + finding.number("/class_uid")
                    + ", not a Compliance Finding (2003)");
    List<String> standards = standards(finding);
    Severity severity = finding.severity();
    ObjectNode facts =
        finding.facts(
            "finding_info", "compliance", "status", "remediation", "time_dt", "vendor_attributes");
    return finding.resources().stream()
        .map(
            resource ->
                new Report(
                    "securityhub",
                    check,
                    rule,
                    title.orElse(check),
                    severity,
                    standards,
                    resource,
                    facts,
                    verdict))
        .toList();
  }

  private static Verdict verdict(OcsfFinding finding) {
    Optional<String> hidden = finding.hidden();
    if (hidden.isPresent()) {
      return new Verdict.Settled(hidden.get());
    }
    Optional<String> status = finding.text("/compliance/status");
    int id = finding.number("/compliance/status_id");
    String reason =
        "the check's status is " + Text.shown(status.orElse("not given"), 100) + ", not Fail";
    // Before what says that nobody has to act: a check that passed is resolved or closed with it.
    if (status.map(s -> isOneOf(s, "PASS", "PASSED")).orElse(id == PASS)) {
      return new Verdict.Passed(reason);
    }
    return finding
        .settled()
        .or(
            () ->
                status.map(s -> isOneOf(s, "FAIL", "FAILED")).orElse(id == FAIL)
                    ? Optional.empty()
                    : Optional.of(reason))
        .<Verdict>map(Verdict.Settled::new)
        .orElseGet(Verdict.Failed::new);
  }

  private static boolean isOneOf(String status, String... names) {
    return List.of(names).contains(status.toUpperCase(Locale.ROOT));
  }

  private static List<String> standards(OcsfFinding finding) {
    JsonNode list = finding.node("/compliance/standards");
    var all = new ArrayList<String>();
    for (int i = 0; i < Math.min(list.size(), MOST_STANDARDS); i++) {
      finding
          .text("/compliance/standards/" + i)
          .map(name -> name.startsWith("standards/") ? name.substring(10) : name)
          .ifPresent(all::add);
    }
    return all;
  }
}
