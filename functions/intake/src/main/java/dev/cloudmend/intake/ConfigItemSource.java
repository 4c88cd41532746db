package dev.cloudmend.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.Severity;
import dev.cloudmend.model.Text;
import dev.cloudmend.playbooks.Catalogue;
import dev.cloudmend.playbooks.Playbook;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Resources that AWS Config recorded a change of: {@code Config Configuration Item Change}. As with
 * CloudTrail, such an event is a reason to look, not a failure; it does not say who made the
 * change. One that is too large comes with a summary in the item's place, which names the resource
 * just the same.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/config/latest/developerguide/monitor-config-with-cloudwatchevents.html">Monitoring
 *     AWS Config with Amazon EventBridge</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/config/latest/developerguide/oversized-notification-example.html">Oversized
 *     configuration item change notification</a>
 */
final class ConfigItemSource implements Source {

  private static final String CHECK = "Configuration Item Change";
  private static final Set<String> MESSAGES =
      Set.of("ConfigurationItemChangeNotification", "OversizedConfigurationItemChangeNotification");
  private static final Set<String> GONE = Set.of("ResourceDeleted", "ResourceDeletedNotRecorded");

  private final Catalogue catalogue;

  ConfigItemSource(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  @Override
  public boolean reads(Envelope envelope) {
    return envelope.source().equals("aws.config")
        && envelope.detailType().equals("Config Configuration Item Change");
  }

  @Override
  public List<Reading> read(Envelope envelope, EventReader reader) {
    String message = reader.required("/detail/messageType", "the kind of message").orElse("");
    if (!message.isEmpty() && !MESSAGES.contains(message)) {
      reader.problem("/detail/messageType", "is another", String.join(" or ", MESSAGES));
    }
    String at =
        "/detail/"
            + (message.startsWith("Oversized") ? "configurationItemSummary" : "configurationItem");
    Optional<String> type = reader.required(at + "/resourceType", "a type such as AWS::S3::Bucket");
    Optional<String> id = reader.identifier(at + "/resourceId", "the resource's id");
    Optional<String> account = reader.account(at + "/awsAccountId");
    Optional<String> region = reader.region(at + "/awsRegion");
    String status = reader.required(at + "/configurationItemStatus", "such as OK").orElse("");
    Optional<String> arn = reader.text(at + "/ARN").filter(ConfigItemSource::isWholeArn);
    Optional<String> name = reader.text(at + "/resourceName").filter(n -> n.length() < 1_000);
    reader.finish();

    boolean isOfIam = type.orElseThrow().toLowerCase(Locale.ROOT).startsWith("aws::iam::");
    var resource =
        new ReportedResource(
            type.orElseThrow(),
            // The ids of IAM are not the names that its calls take.
            arn.or(() -> isOfIam ? name : Optional.empty()).orElse(id.orElseThrow()),
            account.orElse(envelope.account()),
            region.orElse(envelope.region()));
    JsonNode item = reader.event().at(at);
    ObjectNode facts = facts(envelope.detail(), item);
    resource.uniqueId().ifPresent(unique -> facts.put("uniqueId", unique));
    var finding =
        new Finding(
            envelope.id(),
            "config",
            CHECK,
            Text.bounded(
                resource.type() + " " + Text.shown(name.orElse(resource.id()), 200) + " changed"),
            Severity.UNKNOWN,
            List.of(),
            resource.ref(CHECK).orElse(null),
            envelope.time(),
            null,
            facts);
    return List.of(reading(finding, resource, status));
  }

  private Reading reading(Finding finding, ReportedResource resource, String status) {
    if (GONE.contains(status)) {
      return ignored(finding, "the item's status is " + status + ": the resource is gone");
    }
    List<Playbook> playbooks = resource.arn().map(catalogue::forResource).orElse(List.of());
    return playbooks.isEmpty()
        ? ignored(finding, "no playbook looks at an " + Text.shown(resource.type(), 100))
        : new Reading.Failure(finding, playbooks);
  }

  private static Reading ignored(Finding finding, String reason) {
    return new Reading.Settled(finding, Outcome.IGNORED, reason);
  }

  private static boolean isWholeArn(String text) {
    try {
      return Arn.parse(text).toString().equals(text);
    } catch (ModelException e) {
      return false;
    }
  }

  private static ObjectNode facts(JsonNode detail, JsonNode item) {
    // Not its configuration: it may hold anything, and live state is what is looked at.
    ObjectNode facts =
        Facts.of(
            item,
            "resourceType",
            "resourceId",
            "resourceName",
            "configurationItemStatus",
            "configurationItemCaptureTime",
            "relatedEvents");
    Facts.of(detail, "messageType", "notificationCreationTime").properties().stream()
        .forEach(member -> facts.set(member.getKey(), member.getValue()));
    JsonNode changeType = detail.path("configurationItemDiff").path("changeType");
    if (changeType.isTextual()) {
      facts.put("changeType", Text.bounded(changeType.textValue()));
    }
    return facts;
  }
}
