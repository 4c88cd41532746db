package dev.cloudmend.remediator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.aws.AccountException;
import dev.cloudmend.aws.AwsCallException;
import dev.cloudmend.function.IncidentState.Next;
import dev.cloudmend.function.JsonFunction;
import dev.cloudmend.function.TryAgainException;
import dev.cloudmend.model.Assessment;
import dev.cloudmend.model.CanonicalJson;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.Problem;
import dev.cloudmend.model.Text;
import dev.cloudmend.model.Verification;
import dev.cloudmend.playbooks.Catalogue;
import dev.cloudmend.playbooks.Playbook;
import dev.cloudmend.store.IncidentRecord;
import dev.cloudmend.store.Intent;
import dev.cloudmend.store.Store;
import dev.cloudmend.store.UndoMark;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Takes an applied fix back, planned anew from live state, and remembers that a person did. */
public final class Undoer {

  private final Catalogue catalogue;
  private final TargetAccess access;
  private final Store store;
  private final boolean live;
  private final ChangeRunner runner;
  private final ResourceLease leases;
  private final Clock clock;

  Undoer(
      Catalogue catalogue,
      TargetAccess access,
      Store store,
      boolean live,
      ChangeRunner runner,
      Clock clock) {
    this.catalogue = catalogue;
    this.access = access;
    this.store = store;
    this.live = live;
    this.runner = runner;
    this.leases = new ResourceLease(store);
    this.clock = clock;
  }

  /**
   * Plans the way back and, in a live run, goes it.
   *
   * @throws LeaseHeldException when the resource is being changed
   * @throws TryAgainException when the account could not be read or written now and nothing was
   *     changed
   */
  public UndoState undo(UndoState state) {
    Optional<IncidentRecord> record = store.incidents().find(state.incidentId());
    if (record.isEmpty()) {
      return state.ended(Outcome.RESOURCE_NOT_FOUND, "there is no incident " + state.incidentId());
    }
    String appliedHash = record.get().appliedHash();
    if (appliedHash == null) {
      return state.ended(Outcome.BLOCKED, nothingApplied(record.get()));
    }
    if (record.get().undoneBy() != null) {
      return state.ended(
          Outcome.UNDONE,
          "it was taken back already, by %s at %s"
              .formatted(record.get().undoneBy(), record.get().undoneAt()));
    }
    Change applied = stored(state.incidentId(), appliedHash);
    String owner = ResourceLease.ownerOf(state.execution(), state.incidentId());
    return leases.holding(
        applied.target(),
        owner,
        "nothing was written",
        () -> undoUnderLease(state, applied),
        after -> after.next() == Next.VERIFY);
  }

  /** Looks again for the state that the undo leads to. */
  public UndoState verify(UndoState state) {
    Change undo = stored(state.incidentId(), JsonFunction.required(state.hash(), "hash"));
    int reads = 1 + Optional.ofNullable(state.verification()).map(Verification::reads).orElse(0);
    String owner = ResourceLease.ownerOf(state.execution(), state.incidentId());
    return leases.holding(
        undo.target(),
        owner,
        "the calls were made, but their effect was not read back",
        () -> outcome(state, runner.verify(order(state, undo), playbook(undo), reads)),
        after -> after.next() == Next.VERIFY);
  }

  private UndoState undoUnderLease(UndoState state, Change applied) {
    Playbook playbook = playbook(applied);
    Assessment plan;
    try {
      plan = playbook.undo(applied, access.reader(applied.target().account()));
    } catch (AccountException e) {
      return state.ended(Outcome.BLOCKED, String.valueOf(e.getMessage()));
    } catch (AwsCallException e) {
      if (e.isPassing()) {
        throw new TryAgainException(String.valueOf(e.getMessage()), e);
      }
      return state.failed(
          Outcome.FAILED, new Problem("undo", e.code(), e.getMessage() + "; nothing was changed"));
    }
    return switch (plan) {
      case Assessment.Compliant c ->
          begun(state.incidentId())
              .map(undo -> lookAgain(state.planned(undo), undo, playbook))
              .orElseGet(
                  () ->
                      state.ended(Outcome.ALREADY_COMPLIANT, "there is nothing left to take back"));
      case Assessment.NotApplicable n -> state.ended(Outcome.UNSUPPORTED, n.reason());
      case Assessment.NotFound n -> state.ended(Outcome.RESOURCE_NOT_FOUND, n.reason());
      case Assessment.Blocked b -> state.ended(Outcome.BLOCKED, b.reason());
      case Assessment.Violating v -> goBack(state.planned(v.change()), v.change(), playbook);
    };
  }

  /**
   * The way back that was begun, and that nobody remembers as gone: it was cut off, or not seen.
   */
  private Optional<Change> begun(String incidentId) {
    return store
        .incidents()
        .find(incidentId)
        .flatMap(record -> Optional.ofNullable(record.intent()))
        .filter(intent -> intent.kind().equals(Intent.UNDO))
        .flatMap(intent -> store.incidents().change(incidentId, intent.hash()));
  }

  private UndoState lookAgain(UndoState state, Change undo, Playbook playbook) {
    return outcome(state, runner.verify(order(state, undo), playbook, 1));
  }

  private UndoState goBack(UndoState planned, Change undo, Playbook playbook) {
    if (!live || Boolean.TRUE.equals(planned.dryRun())) {
      return planned.ended(
          Outcome.PLANNED, "dry run: nothing was written; a live run would take the fix back");
    }
    store.incidents().keepChange(planned.incidentId(), undo);
    return outcome(planned, runner.run(order(planned, undo), playbook));
  }

  private UndoState outcome(UndoState state, Result result) {
    return switch (result) {
      case Result.Refused r -> state.ended(r.outcome(), r.reason());
      case Result.Failed f -> state.failed(f.outcome(), f.problem());
      case Result.Holds h -> remember(state.seen(h.verification(), null));
      case Result.NotYet n -> {
        if (n.verification().reads() < Remediator.MOST_READS) {
          yield state.seen(n.verification(), Next.VERIFY);
        }
        store.incidents().intentDone(state.incidentId());
        yield state
            .seen(n.verification(), null)
            .failed(
                Outcome.FAILED,
                new Problem(
                    "verify",
                    "NotVerified",
                    "the calls were made, but after %d reads the state before was not seen; observed %s"
                        .formatted(
                            n.verification().reads(),
                            Text.shown(n.verification().observed().toString()))));
      }
    };
  }

  private UndoState remember(UndoState state) {
    Change undo = stored(state.incidentId(), JsonFunction.required(state.hash(), "hash"));
    IncidentRecord record = store.incidents().find(state.incidentId()).orElseThrow();
    Change applied =
        stored(state.incidentId(), JsonFunction.required(record.appliedHash(), "applied hash"));
    Instant now = clock.instant();
    var mark = new UndoMark(state.by(), now, state.incidentId());
    String key = applied.target().key();
    ObjectNode data = Json.object();
    data.put("hash", undo.hash());
    data.put("takesBack", applied.hash());
    store.audit().append(state.incidentId(), Outcome.UNDONE.name(), state.by(), data);
    // A later plan starts from the state that undo leads to, which need not be the state before.
    store.undoMarks().mark(key, applied.playbook(), applied.fingerprint(), mark);
    store
        .undoMarks()
        .mark(key, applied.playbook(), CanonicalJson.hash(applied.stateAfterUndo()), mark);
    store.incidents().undone(state.incidentId(), state.by(), now);
    store.incidents().intentDone(state.incidentId());
    return state.ended(Outcome.UNDONE, "taken back, and the state before was read back");
  }

  private static String nothingApplied(IncidentRecord record) {
    String id = record.incident().incidentId();
    Intent intent = record.intent();
    return intent == null || intent.done()
        ? "incident " + id + " has applied nothing to take back"
        : "incident "
            + id
            + " began its change at "
            + intent.at()
            + " and does not know whether it took effect; run its event again, which looks";
  }

  private static Order order(UndoState state, Change undo) {
    return new Order(state.incidentId(), Intent.UNDO, undo, true, state.by());
  }

  private Change stored(String incidentId, String hash) {
    return JsonFunction.required(
        store.incidents().change(incidentId, hash).orElse(null), "stored change " + hash);
  }

  private Playbook playbook(Change change) {
    return JsonFunction.required(catalogue.byId(change.playbook()).orElse(null), "playbook");
  }
}
