package dev.cloudmend.store;

import dev.cloudmend.model.Decision;
import dev.cloudmend.model.Diagnosis;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.Problem;
import dev.cloudmend.model.ProposalPreview;
import dev.cloudmend.model.PullRequestLink;
import dev.cloudmend.model.Verification;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An incident as far as it has come.
 *
 * @param executionId the execution that works or worked on it last
 * @param openedAt when that execution opened it
 * @param closedAt when it ended; absent while it is open
 * @param outcome how it ended
 * @param reason why, where the outcome has one
 * @param diagnosis what a reviewer is told
 * @param decision what the policy said
 * @param changeHash the change that was planned last; {@link Incidents#change} has it
 * @param verification the last reading back
 * @param error what went wrong
 * @param intent the last intent to make calls, also of an earlier execution
 * @param appliedHash the change that was applied, also by an earlier execution
 * @param undoneBy who took that change back
 * @param undoneAt when that was
 * @param link the older incident that it belongs to
 * @param pullRequest the pull request that carries its fix
 * @param preview the pull request that a live run would open
 * @param tags the resource's live tags, where they were kept
 */
public record IncidentRecord(
    Incident incident,
    String executionId,
    Instant openedAt,
    @Nullable Instant closedAt,
    @Nullable Outcome outcome,
    @Nullable String reason,
    @Nullable Diagnosis diagnosis,
    @Nullable Decision decision,
    @Nullable String changeHash,
    @Nullable Verification verification,
    @Nullable Problem error,
    @Nullable Intent intent,
    @Nullable String appliedHash,
    @Nullable String undoneBy,
    @Nullable Instant undoneAt,
    @Nullable Link link,
    @Nullable PullRequestLink pullRequest,
    @Nullable ProposalPreview preview,
    Map<String, String> tags) {

  public IncidentRecord {
    tags = Map.copyOf(tags);
  }
}
