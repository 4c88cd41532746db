package dev.cloudmend.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.Severity;
import dev.cloudmend.playbooks.Catalogue;
import dev.cloudmend.playbooks.Playbook;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Changes that CloudTrail saw, as EventBridge delivers them: {@code detail-type: AWS API Call via
 * CloudTrail}. Such an event is a reason to look, not a failure: what is compliant ends as such.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html">CloudTrail
 *     record contents</a>
 */
final class CloudTrailSource implements Source {

  private final Catalogue catalogue;
  private final Set<String> ownRoles;

  CloudTrailSource(Catalogue catalogue, Set<String> ownRoles) {
    this.catalogue = catalogue;
    this.ownRoles = Set.copyOf(ownRoles);
  }

  @Override
  public boolean reads(Envelope envelope) {
    return envelope.detailType().equals("AWS API Call via CloudTrail");
  }

  @Override
  public List<Reading> read(Envelope envelope, EventReader reader) {
    return List.of(reading(envelope, reader));
  }

  private Reading reading(Envelope envelope, EventReader reader) {
    Optional<String> name = reader.required("/detail/eventName", "the name of the API call");
    Optional<String> source =
        reader.required("/detail/eventSource", "the API's host, such as s3.amazonaws.com");
    reader.text("/detail/awsRegion");
    Optional<String> region =
        reader.parsed("/detail/awsRegion", "a region such as us-east-1", Arn::checkRegion);
    reader.text("/detail/recipientAccountId");
    Optional<String> recipient =
        reader.parsed("/detail/recipientAccountId", "twelve digits", Arn::checkAccount);
    reader.finish();

    String eventName = name.orElseThrow();
    JsonNode detail = envelope.detail();
    String place = region.orElse(envelope.region());
    // In the caller's account CloudTrail also shows calls on what others own; 'resources' has the
    // owner.
    String account = owner(detail).or(() -> recipient).orElse(envelope.account());
    Optional<Arn> arn = ChangedResource.arnOf(eventName, detail, account, place);
    var caller = new Caller(reader);
    Finding.Actor actor = caller.actor();
    var finding =
        new Finding(
            envelope.id(),
            "cloudtrail",
            eventName,
            eventName + " by " + actor.principal(),
            Severity.UNKNOWN,
            List.of(),
            arn.map(a -> new ResourceRef(a, account, place)).orElse(null),
            envelope.time(),
            actor,
            facts(reader, detail));

    Optional<String> error = reader.text("/detail/errorCode");
    if (error.isPresent()) {
      return ignored(finding, "the call failed (" + error.get() + "), so it changed nothing");
    }
    Optional<String> own = caller.issuer().filter(ownRoles::contains);
    if (own.isPresent()) {
      return ignored(finding, "Cloudmend's own change, made with " + own.get());
    }
    List<Playbook> playbooks = playbooks(source.orElseThrow(), eventName);
    if (playbooks.isEmpty()) {
      return ignored(finding, "no playbook looks at a resource after " + eventName);
    }
    if (arn.isEmpty()) {
      return new Reading.Settled(
          finding,
          Outcome.UNSUPPORTED,
          "the event does not say which resource " + eventName + " changed");
    }
    return new Reading.Failure(finding, playbooks);
  }

  /** Other services than the playbooks' have calls of the same names, such as CreateBucket. */
  private List<Playbook> playbooks(String eventSource, String eventName) {
    return catalogue.byTrigger(eventName).stream()
        .filter(playbook -> eventSource.startsWith(playbook.info().service() + "."))
        .toList();
  }

  private static Reading ignored(Finding finding, String reason) {
    return new Reading.Settled(finding, Outcome.IGNORED, reason);
  }

  private static Optional<String> owner(JsonNode detail) {
    for (JsonNode resource : detail.path("resources")) {
      String type = resource.path("type").asText();
      String account = resource.path("accountId").asText();
      if (type.equals("AWS::S3::Bucket") && account.matches("\\d{12}")) {
        return Optional.of(account);
      }
    }
    return Optional.empty();
  }

  private static ObjectNode facts(EventReader reader, JsonNode detail) {
    ObjectNode facts =
        Facts.of(detail, "eventID", "eventSource", "eventTime", "requestID", "resources");
    for (String member : List.of("requestParameters", "responseElements")) {
      Optional.ofNullable(detail.get(member))
          .map(PolicyTexts::decoded)
          .ifPresent(value -> facts.setAll(Facts.of(Json.object().set(member, value), member)));
    }
    reader
        .text("/detail/userIdentity/invokedBy")
        .ifPresent(service -> facts.put("invokedBy", service));
    ManagedBy.of(reader).ifPresent(managed -> facts.set("managedBy", managed));
    return facts;
  }
}
