package dev.cloudmend.local;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Decision;
import dev.cloudmend.model.Diagnosis;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.Problem;
import dev.cloudmend.model.ProposalPreview;
import dev.cloudmend.model.PullRequestLink;
import dev.cloudmend.model.Verification;
import dev.cloudmend.store.Link;
import org.jspecify.annotations.Nullable;

/**
 * What a run says of one incident; absent parts are left out of the JSON.
 *
 * @param incidentId the incident
 * @param outcome how it ended
 * @param reason why
 * @param finding what was found
 * @param diagnosis what a reviewer is told
 * @param decision what the policy said
 * @param change the planned or applied change
 * @param verification the reading back
 * @param error what went wrong
 * @param link the older incident that it belongs to
 * @param pullRequest the pull request that carries its fix
 * @param preview the pull request that a live run would open
 */
@JsonPropertyOrder({"incidentId", "outcome", "reason"})
public record IncidentReport(
    String incidentId,
    Outcome outcome,
    @Nullable String reason,
    @Nullable Finding finding,
    @Nullable Diagnosis diagnosis,
    @Nullable Decision decision,
    @Nullable Change change,
    @Nullable Verification verification,
    @Nullable Problem error,
    @Nullable Link link,
    @Nullable PullRequestLink pullRequest,
    @Nullable ProposalPreview preview) {

  static IncidentReport of(String incidentId, Outcome outcome, String reason) {
    return new IncidentReport(
        incidentId, outcome, reason, null, null, null, null, null, null, null, null, null);
  }

  static IncidentReport failed(String incidentId, @Nullable Finding finding, Problem error) {
    return new IncidentReport(
        incidentId,
        Outcome.FAILED,
        error.message(),
        finding,
        null,
        null,
        null,
        null,
        error,
        null,
        null,
        null);
  }
}
