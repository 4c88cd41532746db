package dev.cloudmend.decider;

import dev.cloudmend.configuration.Configuration;
import dev.cloudmend.configuration.policy.PolicyInput;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.function.IncidentState.Diagnosed;
import dev.cloudmend.function.JsonFunction;
import dev.cloudmend.model.Decision;
import dev.cloudmend.model.Decision.Mode;
import dev.cloudmend.model.Diagnosis;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.Problem;
import dev.cloudmend.playbooks.Catalogue;
import dev.cloudmend.playbooks.Playbook;
import dev.cloudmend.playbooks.PlaybookInfo;
import dev.cloudmend.store.IncidentRecord;
import dev.cloudmend.store.Store;
import dev.cloudmend.store.Tripped;
import java.time.Clock;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Asks the configured policy who has to agree, and lets the run's switch decide whether anything is
 * written.
 *
 * <p>A change is written only where the run is live, the decision is no dry run, its channels have
 * {@code live}, and the mode is automatic or a person agreed to the change's very hash. Where its
 * channels have {@code pull_request}, the fix is to be proposed where the resource is declared,
 * beside the live fix or in its place.
 */
public final class Decider {

  /** What nobody diagnosed is not known well enough to go ahead without a yes. */
  private static final Diagnosed UNKNOWN =
      new Diagnosed(Diagnosis.Origin.PLAYBOOK, Diagnosis.Confidence.low);

  private final Catalogue catalogue;
  private final Configuration configuration;
  private final Store store;
  private final boolean live;
  private final Clock clock;

  public Decider(Catalogue catalogue, Configuration configuration, Store store, boolean live) {
    this(catalogue, configuration, store, live, Clock.systemUTC());
  }

  /**
   * Makes a decider.
   *
   * @param clock the time that a breaker's window ends at
   */
  Decider(
      Catalogue catalogue, Configuration configuration, Store store, boolean live, Clock clock) {
    this.catalogue = catalogue;
    this.configuration = configuration;
    this.store = store;
    this.live = live;
    this.clock = clock;
  }

  /** Adds the decision, and the outcome where nothing is to be written. */
  public IncidentState decide(IncidentState state) {
    String hash = JsonFunction.required(state.hash(), "hash");
    Optional<PlaybookInfo> info =
        catalogue.byId(JsonFunction.required(state.playbook(), "playbook")).map(Playbook::info);
    if (info.isEmpty()) {
      return state.ended(Outcome.UNSUPPORTED, "there is no playbook '" + state.playbook() + "'");
    }
    IncidentRecord record =
        JsonFunction.required(
            store.incidents().find(state.incidentId()).orElse(null), "stored incident");
    tellOfFailedDiagnosis(state, record);
    Decision decision = decision(state, record.incident().finding(), info.get());
    IncidentState decided = state.decided(decision);
    return switch (decision.mode()) {
      case ignore -> decided.ended(Outcome.IGNORED, "rule '" + decision.rule() + "' says so");
      case manual -> ended(decided, decision, Outcome.MANUAL, info.get().fix());
      case automatic, guided -> {
        if (decision.dryRun()) {
          yield ended(decided, decision, Outcome.PLANNED, dry(decision));
        }
        if (!decision.goesLive()) {
          // Its review is the yes.
          yield decided.proposes();
        }
        yield decision.mode() == Mode.automatic || state.run().approve().contains(hash)
            ? decided
            : ended(
                decided,
                decision,
                Outcome.AWAITING_APPROVAL,
                "the fix needs a yes to its hash: --approve " + hash);
      }
    };
  }

  private static IncidentState ended(
      IncidentState decided, Decision decision, Outcome outcome, String reason) {
    return decision.goesToSource()
        ? decided.endedAndProposes(outcome, reason)
        : decided.ended(outcome, reason);
  }

  private Decision decision(IncidentState state, Finding finding, PlaybookInfo playbook) {
    Diagnosed diagnosed = Optional.ofNullable(state.diagnosis()).orElse(UNKNOWN);
    PolicyInput input =
        configuration.policyInput(
            finding,
            playbook,
            state.hasSuggestedPlaybook(),
            diagnosed.origin(),
            diagnosed.confidence());
    Decision decision = configuration.policy().decide(input, live, configuration.hash());
    return decision.mode() == Mode.automatic
        ? tripped(state).map(note -> guided(decision, note)).orElse(decision)
        : decision;
  }

  /** Both sides of a tug-of-war over the planned change, where there is one. */
  private Optional<String> tripped(IncidentState state) {
    return store
        .incidents()
        .change(state.incidentId(), JsonFunction.required(state.hash(), "hash"))
        .flatMap(
            change ->
                Tripped.of(store.histories(), change, configuration.breaker(), clock.instant()))
        .map(Tripped::told);
  }

  private static Decision guided(Decision decision, String told) {
    String note =
        "rule '" + decision.rule() + "' says automatic; guided, because it was already " + told;
    return new Decision(
        Mode.guided,
        decision.dryRun(),
        decision.rule(),
        decision.channels(),
        Stream.concat(decision.notes().stream(), Stream.of(note)).toList(),
        decision.configuration());
  }

  /** The playbook's diagnosis stands in for one that a Catch of the state machine lost. */
  private void tellOfFailedDiagnosis(IncidentState state, IncidentRecord record) {
    if (state.diagnosisFailed() != null && record.diagnosis() != null) {
      Problem problem =
          Problem.ofError(
              "diagnose",
              state.diagnosisFailed().path("Error").asText("unknown"),
              state.diagnosisFailed().path("Cause").asText(""));
      store
          .incidents()
          .diagnosed(
              state.incidentId(),
              record.diagnosis().inPlaceOfClaude("the diagnoser failed: " + problem.type(), null));
    }
  }

  private String dry(Decision decision) {
    return "dry run: nothing was written; "
        + (live ? "without rule '" + decision.rule() + "' the run" : "a live run")
        + " would "
        + would(decision);
  }

  private static String would(Decision decision) {
    if (!decision.goesLive()) {
      return "propose it in a pull request";
    }
    return (decision.mode() == Mode.automatic ? "apply it" : "ask for a yes to its hash")
        + (decision.goesToSource() ? ", and propose it in a pull request" : "");
  }
}
