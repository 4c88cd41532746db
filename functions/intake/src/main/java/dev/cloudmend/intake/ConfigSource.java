package dev.cloudmend.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Severity;
import dev.cloudmend.model.Text;
import dev.cloudmend.playbooks.Catalogue;
import java.util.List;
import java.util.Optional;

/**
 * Rules of AWS Config that a resource has begun to break or to keep: {@code Config Rules Compliance
 * Change}. The check is the managed rule's name, as far as the rule's own name still has it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/config/latest/developerguide/monitor-config-with-cloudwatchevents.html">Monitoring
 *     AWS Config with Amazon EventBridge</a>
 */
final class ConfigSource implements Source {

  private static final String BROKEN = "NON_COMPLIANT";
  private static final String NEW = "/detail/newEvaluationResult/";

  private final Catalogue catalogue;

  ConfigSource(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  @Override
  public boolean reads(Envelope envelope) {
    return envelope.source().equals("aws.config")
        && envelope.detailType().equals("Config Rules Compliance Change");
  }

  @Override
  public List<Reading> read(Envelope envelope, EventReader reader) {
    Optional<String> rule = reader.required("/detail/configRuleName", "the rule's name");
    Optional<String> type =
        reader.required("/detail/resourceType", "a type such as AWS::S3::Bucket");
    Optional<String> id = reader.identifier("/detail/resourceId", "the resource's id");
    Optional<String> compliance =
        reader.required(NEW + "complianceType", "NON_COMPLIANT, COMPLIANT or NOT_APPLICABLE");
    Optional<String> before = reader.text("/detail/oldEvaluationResult/complianceType");
    Optional<String> account = reader.account("/detail/awsAccountId");
    Optional<String> region = reader.region("/detail/awsRegion");
    Optional<String> annotation = reader.text(NEW + "annotation");
    reader.finish();

    String name = rule.orElseThrow();
    var resource =
        new ReportedResource(
            type.orElseThrow(),
            id.orElseThrow(),
            account.orElse(envelope.account()),
            region.orElse(envelope.region()));
    String title =
        annotation.orElse(
            resource.type() + " " + Text.shown(resource.id(), 200) + " breaks the rule " + name);
    return List.of(
        new Report(
                "config",
                ConfigRuleName.stripped(name),
                Optional.empty(),
                Text.bounded(title),
                Severity.UNKNOWN,
                List.of(),
                resource,
                facts(envelope.detail()),
                verdict(compliance.orElseThrow(), before))
            .reading(envelope, catalogue));
  }

  /** A rule that begins to look at a compliant resource also says so: only a change closes. */
  private static Verdict verdict(String compliance, Optional<String> before) {
    if (compliance.equals(BROKEN)) {
      return new Verdict.Failed();
    }
    String reason = "the rule's result is " + Text.shown(compliance, 100);
    return compliance.equals("COMPLIANT") && before.filter(BROKEN::equals).isPresent()
        ? new Verdict.Passed(reason + ", and was " + BROKEN)
        : new Verdict.Settled(reason);
  }

  private static ObjectNode facts(JsonNode detail) {
    return Facts.of(
        detail,
        "configRuleName",
        "configRuleARN",
        "resourceType",
        "resourceId",
        "newEvaluationResult",
        "oldEvaluationResult",
        "notificationCreationTime");
  }
}
