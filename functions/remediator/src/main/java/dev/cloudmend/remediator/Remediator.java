package dev.cloudmend.remediator;

import dev.cloudmend.aws.AccountException;
import dev.cloudmend.aws.AwsCallException;
import dev.cloudmend.aws.AwsReader;
import dev.cloudmend.function.Exempt;
import dev.cloudmend.function.ExemptionCheck;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.function.IncidentState.Next;
import dev.cloudmend.function.JsonFunction;
import dev.cloudmend.function.TryAgainException;
import dev.cloudmend.model.Assessment;
import dev.cloudmend.model.CanonicalJson;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Decision;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.Problem;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.Text;
import dev.cloudmend.model.Verification;
import dev.cloudmend.playbooks.Baselines;
import dev.cloudmend.playbooks.Catalogue;
import dev.cloudmend.playbooks.Playbook;
import dev.cloudmend.store.ClaimKey;
import dev.cloudmend.store.IncidentRecord;
import dev.cloudmend.store.Intent;
import dev.cloudmend.store.Store;
import java.time.Clock;
import java.util.Optional;

/** Applies the change that was agreed to, exactly that, and says whether it holds. */
public final class Remediator {

  /** How often a plan may turn out to be of a state that is gone. */
  private static final int MOST_ATTEMPTS = 3;

  /** How often the after-state is looked for. */
  static final int MOST_READS = 4;

  private final Catalogue catalogue;
  private final Baselines baselines;
  private final TargetAccess access;
  private final Store store;
  private final boolean live;
  private final ChangeRunner runner;
  private final ResourceLease leases;
  private final ExemptionCheck exemptions;

  Remediator(
      Catalogue catalogue,
      Baselines baselines,
      TargetAccess access,
      Store store,
      boolean live,
      ChangeRunner runner,
      Clock clock) {
    this.catalogue = catalogue;
    this.baselines = baselines;
    this.access = access;
    this.store = store;
    this.live = live;
    this.runner = runner;
    this.leases = new ResourceLease(store);
    this.exemptions = new ExemptionCheck(store, clock);
  }

  /**
   * Applies the planned change, if it is still the same.
   *
   * @throws LeaseHeldException when the resource is being changed
   * @throws TryAgainException when the account could not be read or written now and nothing was
   *     changed
   */
  public IncidentState apply(IncidentState state) {
    Decision decision = JsonFunction.required(state.decision(), "decision");
    if (!live || decision.dryRun()) {
      return state.ended(Outcome.PLANNED, "dry run: nothing was written");
    }
    if (!decision.goesLive()) {
      return state.ended(
          Outcome.BLOCKED,
          "the channels are %s, without %s; nothing was written"
              .formatted(String.join(", ", decision.channels()), Decision.LIVE));
    }
    if (!isAgreed(state, decision.mode())) {
      return state.ended(
          Outcome.BLOCKED,
          "the mode is %s and nobody agreed to this change; nothing was written"
              .formatted(decision.mode()));
    }
    Change agreed = change(state);
    Playbook playbook = playbook(agreed);
    String owner = ResourceLease.ownerOf(state.execution(), state.incidentId());
    return proposing(
        leases.holding(
            agreed.target(),
            owner,
            "nothing was written",
            () -> applyUnderLease(state, agreed, playbook),
            after -> after.next() == Next.VERIFY));
  }

  /** Looks again for the after-state of a change that was applied. */
  public IncidentState verify(IncidentState state) {
    Change change = change(state);
    String owner = ResourceLease.ownerOf(state.execution(), state.incidentId());
    int reads =
        1 + Optional.ofNullable(record(state).verification()).map(Verification::reads).orElse(0);
    return proposing(
        leases.holding(
            change.target(),
            owner,
            "the calls were made, but their effect was not read back",
            () ->
                outcome(
                    state, change, runner.verify(order(state, change), playbook(change), reads)),
            after -> after.next() == Next.VERIFY));
  }

  /** Whoever reviews the source need not wait for a yes to the live fix. */
  private static IncidentState proposing(IncidentState after) {
    Decision decision = after.decision();
    Outcome outcome = after.outcome();
    return decision != null
            && decision.goesToSource()
            && (outcome == Outcome.REMEDIATED || outcome == Outcome.AWAITING_APPROVAL)
        ? after.endedAndProposes(outcome, Optional.ofNullable(after.reason()).orElse(""))
        : after;
  }

  private IncidentState applyUnderLease(IncidentState state, Change agreed, Playbook playbook) {
    IncidentRecord record = record(state);
    ResourceRef resource =
        JsonFunction.required(record.incident().finding().resource(), "resource");
    Assessment now;
    Optional<Exempt> exempt = Optional.empty();
    try {
      AwsReader aws = access.reader(resource.account());
      now = playbook.assess(resource, baselines, aws);
      // Once begun, the rest is made too: half a change is nobody's wish.
      if (now instanceof Assessment.Violating && !isBegun(record, agreed)) {
        exempt =
            exemptions.ask(state.incidentId(), agreed.target(), agreed.playbook(), aws).exempt();
      }
    } catch (AccountException e) {
      return state.ended(Outcome.BLOCKED, String.valueOf(e.getMessage()));
    } catch (AwsCallException e) {
      if (e.isPassing()) {
        throw new TryAgainException(String.valueOf(e.getMessage()), e);
      }
      return state.failed(
          Outcome.FAILED,
          new Problem("remediate", e.code(), e.getMessage() + "; nothing was changed"));
    }
    if (exempt.isPresent()) {
      return exempted(state, record, exempt.get());
    }
    return switch (now) {
      case Assessment.Compliant c ->
          isOwnWork(record, agreed)
              ? outcome(state, agreed, runner.verify(order(state, agreed), playbook, 1))
              : state.ended(
                  Outcome.ALREADY_COMPLIANT, "it became compliant before the fix was applied");
      case Assessment.NotApplicable n -> state.ended(Outcome.UNSUPPORTED, n.reason());
      case Assessment.NotFound n -> state.ended(Outcome.RESOURCE_NOT_FOUND, n.reason());
      case Assessment.Blocked b -> state.ended(Outcome.BLOCKED, b.reason());
      case Assessment.Violating v when !v.change().hash().equals(agreed.hash()) ->
          state.attempt() >= MOST_ATTEMPTS
              ? state.ended(
                  Outcome.EXPIRED,
                  "the live state changed between plan and apply "
                      + MOST_ATTEMPTS
                      + " times; nothing was written")
              : state.continues(Next.ASSESS);
      case Assessment.Violating v ->
          outcome(state, agreed, runner.run(order(state, agreed), playbook));
    };
  }

  /** Its claim is given up, or it would stand in the way when the exemption is over. */
  private IncidentState exempted(IncidentState state, IncidentRecord record, Exempt exempt) {
    if (state.claim() != null) {
      store
          .claims()
          .release(
              Json.fromTree(state.claim(), ClaimKey.class), record.incident().finding().eventId());
    }
    return state.ended(exempt.outcome(), exempt.reason() + "; nothing was written");
  }

  private static boolean isBegun(IncidentRecord record, Change agreed) {
    Intent intent = record.intent();
    return intent != null && !intent.done() && intent.hash().equals(agreed.hash());
  }

  /** The decider asks for this too; who writes does not rest on that. */
  private static boolean isAgreed(IncidentState state, Decision.Mode mode) {
    return switch (mode) {
      case automatic -> true;
      case guided -> state.run().approve().contains(state.hash());
      case manual, ignore -> false;
    };
  }

  /**
   * Whether this incident began the change. One that is done counts when it was begun in this
   * execution: the answer that said so was lost on its way, and the step came again.
   */
  private static boolean isOwnWork(IncidentRecord record, Change agreed) {
    Intent intent = record.intent();
    return intent != null
        && intent.hash().equals(agreed.hash())
        && (!intent.done() || !intent.at().isBefore(record.openedAt()));
  }

  private IncidentState outcome(IncidentState state, Change change, Result result) {
    return switch (result) {
      case Result.Refused r -> state.ended(r.outcome(), r.reason());
      case Result.Failed f -> state.failed(f.outcome(), f.problem());
      case Result.Holds h -> {
        store.incidents().applied(state.incidentId(), change.hash());
        store.histories().fixed(record(state), change);
        store.incidents().intentDone(state.incidentId());
        if (state.run().again()) {
          forgetUndo(change);
        }
        yield state.ended(Outcome.REMEDIATED, "applied, and the after-state was read back");
      }
      case Result.NotYet n -> {
        store.incidents().applied(state.incidentId(), change.hash());
        if (n.verification().reads() < MOST_READS) {
          yield state.continues(Next.VERIFY);
        }
        store.incidents().intentDone(state.incidentId());
        yield state.failed(
            Outcome.FAILED,
            new Problem(
                "verify",
                "NotVerified",
                "the calls were made, but after %d reads the after-state was not seen; observed %s. To take it back: cloudmend undo %s, or\n%s"
                    .formatted(
                        n.verification().reads(),
                        Text.shown(n.verification().observed().toString()),
                        state.incidentId(),
                        ChangeRunner.commandLines(change.undo()))));
      }
    };
  }

  /**
   * Who asked for the fix again does not want the earlier undo to stand in the way of the next
   * drift.
   */
  private void forgetUndo(Change change) {
    String key = change.target().key();
    store.undoMarks().clear(key, change.playbook(), change.fingerprint());
    store.undoMarks().clear(key, change.playbook(), CanonicalJson.hash(change.stateAfterUndo()));
  }

  private static Order order(IncidentState state, Change change) {
    return new Order(
        state.incidentId(),
        Intent.APPLY,
        change,
        state.run().approve().contains(change.hash()),
        state.run().actor());
  }

  private IncidentRecord record(IncidentState state) {
    return JsonFunction.required(
        store.incidents().find(state.incidentId()).orElse(null), "stored incident");
  }

  private Change change(IncidentState state) {
    String hash = JsonFunction.required(state.hash(), "hash");
    return JsonFunction.required(
        store.incidents().change(state.incidentId(), hash).orElse(null), "stored change");
  }

  private Playbook playbook(Change change) {
    return JsonFunction.required(catalogue.byId(change.playbook()).orElse(null), "playbook");
  }
}
