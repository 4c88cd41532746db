package dev.cloudmend.decider;

import dev.cloudmend.function.IncidentState;
import dev.cloudmend.function.JsonFunction;
import dev.cloudmend.model.Decision;
import dev.cloudmend.model.Decision.Mode;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.playbooks.Catalogue;
import dev.cloudmend.playbooks.Playbook;
import dev.cloudmend.playbooks.PlaybookInfo;
import java.util.List;
import java.util.Optional;

/**
 * The built-in policy: a playbook's tier decides who has to agree, and the run's switch decides
 * whether anything is written.
 *
 * <p>A change is written only where the run is live, the decision is no dry run, and the mode is
 * automatic or a person agreed to the change's very hash.
 */
public final class Decider {

  private final Catalogue catalogue;
  private final boolean live;

  public Decider(Catalogue catalogue, boolean live) {
    this.catalogue = catalogue;
    this.live = live;
  }

  /** Adds the decision, and the outcome where nothing is to be written. */
  public IncidentState decide(IncidentState state) {
    String hash = JsonFunction.required(state.hash(), "hash");
    Optional<PlaybookInfo> info =
        catalogue.byId(JsonFunction.required(state.playbook(), "playbook")).map(Playbook::info);
    if (info.isEmpty()) {
      return state.ended(Outcome.UNSUPPORTED, "there is no playbook '" + state.playbook() + "'");
    }
    Decision decision = builtIn(info.get());
    IncidentState decided = state.decided(decision);
    return switch (decision.mode()) {
      case ignore -> decided.ended(Outcome.IGNORED, "rule '" + decision.rule() + "' says so");
      case manual -> decided.ended(Outcome.MANUAL, info.get().fix());
      case automatic -> decision.dryRun() ? decided.ended(Outcome.PLANNED, dry(decision)) : decided;
      case guided -> {
        if (decision.dryRun()) {
          yield decided.ended(Outcome.PLANNED, dry(decision));
        }
        yield state.run().approve().contains(hash)
            ? decided
            : decided.ended(
                Outcome.AWAITING_APPROVAL, "the fix needs a yes to its hash: --approve " + hash);
      }
    };
  }

  private Decision builtIn(PlaybookInfo info) {
    Mode mode =
        switch (info.tier()) {
          case auto -> Mode.automatic;
          case guided -> Mode.guided;
          case manual -> Mode.manual;
        };
    return new Decision(mode, !live, "built-in: tier " + info.tier(), List.of("live"));
  }

  private static String dry(Decision decision) {
    return "dry run: nothing was written; a live run would "
        + (decision.mode() == Mode.automatic ? "apply it" : "ask for a yes to its hash");
  }
}
