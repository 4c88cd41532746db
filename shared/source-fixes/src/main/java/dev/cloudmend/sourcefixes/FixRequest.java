package dev.cloudmend.sourcefixes;

import dev.cloudmend.model.Change;
import dev.cloudmend.model.Diagnosis;
import dev.cloudmend.model.Finding;
import dev.cloudmend.pullrequests.Branch;
import dev.cloudmend.terraform.locate.StateResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A finding whose source is to be mended.
 *
 * @param change what the playbook would do to the live resource, where it was assessed
 * @param diagnosis where there is one
 * @param tags the resource's live tags, where they are known
 * @param state what Terraform's states and plans have; may be empty
 * @param branch the branch that the finding names, as a scanner's run on it does; absent = the
 *     configured one
 * @param isFixedLive whether the live resource was mended already, so that Terraform would take the
 *     fix back
 */
public record FixRequest(
    String incidentId,
    Finding finding,
    PlaybookText playbook,
    Optional<Change> change,
    Optional<Diagnosis> diagnosis,
    Map<String, String> tags,
    List<StateResource> state,
    Optional<Branch> branch,
    boolean isFixedLive) {

  public FixRequest {
    tags = Map.copyOf(tags);
    state = List.copyOf(state);
  }
}
