package dev.cloudmend.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One finding met by one playbook, or by none.
 *
 * @param incidentId derived from event id, resource and playbook: the same event always gives the
 *     same
 * @param playbook the playbook that answers to it; absent where none does, or where the outcome is
 *     known already
 * @param finding what was found
 * @param outcome the outcome, where Intake knows it, such as {@code IGNORED}
 * @param reason why that outcome
 * @param run what the person who started the run asks for
 * @param earlier ids of the incidents of the same finding and resource that come before this one
 */
public record Incident(
    String incidentId,
    @Nullable String playbook,
    Finding finding,
    @Nullable Outcome outcome,
    @Nullable String reason,
    RunOptions run,
    List<String> earlier) {

  public Incident {
    earlier = List.copyOf(earlier);
  }

  /** The id of the incident that an event, a resource and a playbook make. */
  public static String idOf(String eventId, String resource, String playbook) {
    String all = String.join("\n", eventId, resource, playbook);
    return "inc-" + CanonicalJson.sha256(all).substring(0, 20);
  }
}
