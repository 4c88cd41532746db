package dev.cloudmend.configuration.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Diagnosis.Confidence;
import dev.cloudmend.model.Diagnosis.Origin;
import dev.cloudmend.model.Finding;
import dev.cloudmend.playbooks.PlaybookInfo;

/**
 * What the policy is asked about.
 *
 * @param finding what was found
 * @param playbook the playbook whose fix is planned
 * @param suggested whether Claude suggested that playbook, because none answers to the finding
 * @param origin who wrote the diagnosis
 * @param confidence how sure its author is
 * @param breakGlass whether a principal for emergencies made the change that was found
 * @param mapped whether a repository may hold the source of the resource
 */
public record PolicyInput(
    Finding finding,
    PlaybookInfo playbook,
    boolean suggested,
    Origin origin,
    Confidence confidence,
    boolean breakGlass,
    boolean mapped) {

  /** The document that the patterns of rules are matched with; see {@link PolicyFields}. */
  public ObjectNode document() {
    return PolicyFields.document(this);
  }
}
