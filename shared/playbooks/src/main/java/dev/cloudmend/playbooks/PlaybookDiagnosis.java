package dev.cloudmend.playbooks;

import dev.cloudmend.model.Change;
import dev.cloudmend.model.Diagnosis;
import dev.cloudmend.model.Diagnosis.Confidence;
import dev.cloudmend.model.Diagnosis.Origin;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Text;
import dev.cloudmend.playbooks.PlaybookInfo.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a playbook itself says of an incident: true without Claude, and known in advance. */
public final class PlaybookDiagnosis {

  /** The fact of a finding of AWS Config that says why its rule could not be looked up. */
  public static final String RULE_NOT_READ = "ruleNotRead";

  private PlaybookDiagnosis() {}

  /** Of a finding that a playbook answers to, and whose fix is planned. */
  public static Diagnosis of(PlaybookInfo playbook, Finding finding, Change change) {
    var needs = new ArrayList<String>();
    if (finding.actor() != null) {
      needs.add("Ask " + finding.actor().principal() + " why the change was made.");
    }
    return new Diagnosis(
        Origin.PLAYBOOK,
        "The live resource violates '" + playbook.title() + "'.",
        playbook.why(),
        change.summary() + ". " + playbook.fix(),
        change.warnings(),
        needs,
        // What may cut traffic or people is not known from the resource alone.
        playbook.tier() == Tier.auto ? Confidence.high : Confidence.medium,
        Stream.of(
                "The live resource was read and compared with what the control asks for.",
                playbook.tier() == Tier.auto
                    ? "The fix is narrow and its effect is read back."
                    : "Who depends on the present state cannot be read from the resource.")
            .toList(),
        null,
        null,
        null);
  }

  /** Of a finding that no playbook answers to. */
  public static Diagnosis ofUnmatched(Finding finding) {
    return new Diagnosis(
        Origin.PLAYBOOK,
        "N" + noPlaybook(finding).substring(1) + ".",
        "Not known.",
        "Nothing is planned.",
        List.of(),
        List.of("A person has to look at the finding."),
        Confidence.low,
        List.of("Nothing was read."),
        null,
        null,
        null);
  }

  /** That no playbook answers to a finding, and what stood in the way of finding one. */
  public static String noPlaybook(Finding finding) {
    String none = "no playbook answers to the check '" + finding.check() + "'";
    // In the facts of other sources it is somebody else's word.
    String unread =
        finding.source().equals("config") ? finding.facts().path(RULE_NOT_READ).asText("") : "";
    return unread.isEmpty()
        ? none
        : none + "; which of AWS's rules that is could not be read: " + Text.shown(unread, 500);
  }
}
