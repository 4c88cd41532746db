package dev.cloudmend.auditwriter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.function.OwnNote;
import dev.cloudmend.function.SignedRequest;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.Text;
import java.net.URI;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * Tells Security Hub how an incident ended that one of its findings began: a note and a workflow
 * status on that finding.
 *
 * <p>Security Hub sends an event for each update, also for this one, and it comes back with the
 * status that was set. {@code RESOLVED} ends {@code IGNORED} in Intake. {@code NOTIFIED} ends
 * {@code DUPLICATE} where the incident keeps its claim; where it does not, the failure is looked at
 * once more, and the status that the finding has already is not set again, which ends it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchUpdateFindings.html">BatchUpdateFindings</a>
 */
final class SecurityHubNotes {

  /** What somebody who looks at the finding has to know. */
  private static final Set<Outcome> TOLD =
      EnumSet.of(
          Outcome.REMEDIATED,
          Outcome.PULL_REQUEST_OPENED,
          Outcome.AWAITING_APPROVAL,
          Outcome.EXPIRED,
          Outcome.MANUAL,
          Outcome.ROLLED_BACK,
          Outcome.BLOCKED,
          Outcome.FAILED);

  private static final String SERVICE = "securityhub";
  private static final int LONGEST_NOTE = 512;
  private static final int LONGEST_ID = 512;

  private final Optional<URI> endpoint;

  /**
   * Sends nothing yet.
   *
   * @param endpoint a Security Hub to tell instead of AWS's
   */
  SecurityHubNotes(Optional<URI> endpoint) {
    this.endpoint = endpoint;
  }

  /** A finding by its two names. */
  private record Identifier(String id, Arn productArn) {}

  /**
   * Tells of an end, where Security Hub began it and should know.
   *
   * @param pullRequest the address of the pull request that carries the fix, where one does
   * @return what was told, for the audit trail: {@code error} says why it did not arrive
   */
  Optional<ObjectNode> tell(
      Incident incident, Outcome outcome, String reason, Optional<String> pullRequest) {
    Finding finding = incident.finding();
    if (!finding.source().equals(SERVICE) || !TOLD.contains(outcome)) {
      return Optional.empty();
    }
    String status = outcome == Outcome.REMEDIATED ? "RESOLVED" : "NOTIFIED";
    if (finding.facts().at("/Workflow/Status").asText().equals(status)) {
      return Optional.empty();
    }
    ObjectNode data = Json.object();
    data.put("outcome", outcome.name());
    Optional<Identifier> identifier;
    try {
      identifier = identifier(finding.facts());
    } catch (ModelException e) {
      return Optional.of(data.put("error", "the finding's ARN is none: " + e.getMessage()));
    }
    if (identifier.isEmpty()) {
      return Optional.empty();
    }
    data.put("findingId", identifier.get().id());
    data.put("productArn", identifier.get().productArn().toString());
    data.put("workflowStatus", status);
    ObjectNode body = Json.object();
    body.putArray("FindingIdentifiers")
        .addObject()
        .put("Id", identifier.get().id())
        .put("ProductArn", identifier.get().productArn().toString());
    body.putObject("Note")
        .put("Text", note(incident.incidentId(), outcome, reason, pullRequest))
        .put("UpdatedBy", OwnNote.AUTHOR);
    body.putObject("Workflow").put("Status", status);
    send(identifier.get().productArn().region(), body).ifPresent(e -> data.put("error", e));
    return Optional.of(data);
  }

  /** Gives what went wrong. */
  private Optional<String> send(String region, ObjectNode body) {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.PATCH)
            .uri(endpoint.orElseGet(() -> ofAws(region)))
            .encodedPath("/findings/batchupdate")
            .putHeader("Content-Type", "application/json")
            .build();
    SignedRequest.Answer answer;
    try {
      answer = new SignedRequest(SERVICE, region).send(request, body.toString());
    } catch (SdkClientException e) {
      return Optional.of("there are no AWS credentials");
    }
    if (!answer.isGood()) {
      String what = answer.status() == 0 ? "no answer" : "HTTP status " + answer.status();
      return Optional.of(what + ": " + Text.shown(answer.text(), 300));
    }
    return unprocessed(answer.text());
  }

  private static Optional<String> unprocessed(String answer) {
    try {
      JsonNode failed = Json.parse(answer).path("UnprocessedFindings").path(0);
      return failed.isMissingNode()
          ? Optional.empty()
          : Optional.of(
              Text.shown(failed.path("ErrorCode").asText("unknown"), 100)
                  + ": "
                  + Text.shown(failed.path("ErrorMessage").asText(""), 300));
    } catch (ModelException e) {
      return Optional.of("the answer is no JSON");
    }
  }

  private static URI ofAws(String region) {
    String suffix = PartitionMetadata.of(Region.of(region)).dnsSuffix();
    return URI.create("https://securityhub.%s.%s".formatted(region, suffix));
  }

  /** The address stands first where the reason does not name it, so that it is never cut off. */
  private static String note(
      String incidentId, Outcome outcome, String reason, Optional<String> pullRequest) {
    String link =
        pullRequest.filter(url -> !reason.contains(url)).map(url -> url + ": ").orElse("");
    String text = Text.shown("Cloudmend %s: %s: %s%s".formatted(incidentId, outcome, link, reason));
    return text.length() <= LONGEST_NOTE ? text : text.substring(0, LONGEST_NOTE - 1) + "…";
  }

  /** The finding's names; version 2 of a finding has none that this call takes. */
  private static Optional<Identifier> identifier(ObjectNode facts) {
    String id = facts.path("Id").asText("");
    String product = facts.path("ProductArn").asText("");
    if (id.isBlank() || id.length() > LONGEST_ID || product.isEmpty()) {
      return Optional.empty();
    }
    Arn arn = Arn.parse(product);
    // The region becomes part of a host's name.
    Arn.checkRegion(arn.region());
    return Optional.of(new Identifier(id, arn));
  }
}
