package dev.cloudmend.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.Severity;
import dev.cloudmend.model.Text;
import dev.cloudmend.playbooks.Catalogue;
import dev.cloudmend.playbooks.Playbook;
import java.util.List;
import java.util.Optional;

/**
 * What a checking tool reports of one resource, in one form for all tools.
 *
 * @param source as {@link Finding#source}
 * @param check what failed, by the tool's own id
 * @param rule another name for the check, for the case that no playbook answers to the first
 * @param title one line for a person
 * @param severity how bad the tool says it is
 * @param frameworks the compliance frameworks that the tool names
 * @param resource what it is about
 * @param facts what else the tool says
 * @param verdict what the tool says of the check
 */
record Report(
    String source,
    String check,
    Optional<String> rule,
    String title,
    Severity severity,
    List<String> frameworks,
    ReportedResource resource,
    ObjectNode facts,
    Verdict verdict) {

  /** Meets the report with the playbooks. */
  Reading reading(Envelope envelope, Catalogue catalogue) {
    Optional<ResourceRef> ref = resource.ref(check);
    ObjectNode kept = facts.deepCopy();
    resource.uniqueId().ifPresent(id -> kept.put("uniqueId", id));
    var finding =
        new Finding(
            envelope.id(),
            source,
            check,
            title,
            severity,
            frameworks,
            ref.orElse(null),
            envelope.time(),
            null,
            kept);
    return switch (verdict) {
      case Verdict.Settled settled -> ignored(finding, settled.reason());
      case Verdict.Passed passed -> {
        List<Playbook> playbooks = ref.isEmpty() ? List.of() : playbooks(catalogue);
        yield playbooks.isEmpty()
            ? ignored(finding, passed.reason())
            : new Reading.Passed(finding, playbooks, passed.reason());
      }
      case Verdict.Failed failed when ref.isEmpty() ->
          new Reading.Settled(
              finding,
              Outcome.UNSUPPORTED,
              "the finding names its resource '"
                  + Text.shown(resource.id(), 200)
                  + "' of type '"
                  + Text.shown(resource.type(), 100)
                  + "', which makes no ARN");
      case Verdict.Failed failed -> {
        List<Playbook> playbooks = playbooks(catalogue);
        yield playbooks.isEmpty()
            ? new Reading.Unmatched(finding)
            : new Reading.Failure(finding, playbooks);
      }
    };
  }

  private List<Playbook> playbooks(Catalogue catalogue) {
    List<Playbook> byCheck = catalogue.byCheck(check);
    return byCheck.isEmpty() && rule.isPresent() ? catalogue.byCheck(rule.get()) : byCheck;
  }

  private static Reading ignored(Finding finding, String reason) {
    return new Reading.Settled(finding, Outcome.IGNORED, reason);
  }
}
