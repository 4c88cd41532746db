package dev.cloudmend.diagnoser;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.claude.Claude;
import dev.cloudmend.claude.Claude.Reply;
import dev.cloudmend.claude.Prompt;
import dev.cloudmend.claude.redaction.RedactionException;
import dev.cloudmend.diagnoser.prompt.Prompts;
import dev.cloudmend.diagnoser.prompt.Question;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.function.JsonFunction;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Diagnosis;
import dev.cloudmend.model.Diagnosis.ModelCall;
import dev.cloudmend.model.Diagnosis.Origin;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.playbooks.Catalogue;
import dev.cloudmend.playbooks.Playbook;
import dev.cloudmend.playbooks.PlaybookDiagnosis;
import dev.cloudmend.playbooks.PlaybookInfo;
import dev.cloudmend.store.IncidentRecord;
import dev.cloudmend.store.Store;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Says what a reviewer is told: of a planned fix, and of a finding that no playbook answers to.
 *
 * <p>The words are Claude's where Claude is to be asked and its answer can be used, else the
 * playbook's own, with the reason. Asking never fails an incident; only the store does.
 */
public final class Diagnoser implements AutoCloseable {

  private static final String ACTOR = "cloudmend";

  private final Catalogue catalogue;
  private final Store store;
  private final Optional<Claude> claude;
  private final Function<Question, Prompt<Diagnosis>> prompts;
  private final Consumer<Diagnosis> asked;

  /**
   * Makes the diagnoser; what asks Claude ends with it.
   *
   * @param claude empty where the playbooks' own diagnoses are to do
   * @param redactNames whether names of buckets and hosts are kept from Claude too
   * @param asked told of each diagnosis for which Claude was newly asked
   */
  public Diagnoser(
      Catalogue catalogue,
      Store store,
      Optional<Claude> claude,
      boolean redactNames,
      Consumer<Diagnosis> asked) {
    this(catalogue, store, claude, question -> Prompts.of(question, redactNames), asked);
  }

  Diagnoser(
      Catalogue catalogue,
      Store store,
      Optional<Claude> claude,
      Function<Question, Prompt<Diagnosis>> prompts,
      Consumer<Diagnosis> asked) {
    this.catalogue = catalogue;
    this.store = store;
    this.claude = claude;
    this.prompts = prompts;
    this.asked = asked;
  }

  /**
   * Adds the diagnosis, and the end of a finding that nothing can be done about.
   *
   * @throws dev.cloudmend.store.StoreException when the store cannot be read or written; Claude's
   *     answer is kept by then, and the next try takes it up
   */
  public IncidentState diagnose(IncidentState state) {
    IncidentRecord record =
        JsonFunction.required(
            store.incidents().find(state.incidentId()).orElse(null), "stored incident");
    return state.hash() == null && state.playbook() == null
        ? unmatched(state, record.incident().finding())
        : planned(state, record);
  }

  @Override
  public void close() {
    claude.ifPresent(Claude::close);
  }

  private IncidentState planned(IncidentState state, IncidentRecord record) {
    String id = JsonFunction.required(state.playbook(), "playbook");
    String hash = JsonFunction.required(state.hash(), "hash");
    Optional<PlaybookInfo> playbook = catalogue.byId(id).map(Playbook::info);
    if (playbook.isEmpty()) {
      return state.ended(Outcome.UNSUPPORTED, "there is no playbook '" + id + "'");
    }
    Change change =
        JsonFunction.required(
            store.incidents().change(state.incidentId(), hash).orElse(null), "stored change");
    Finding finding = record.incident().finding();
    // One by Claude is of a try that was cut off, and no fallback.
    Optional<Diagnosis> stored =
        Optional.ofNullable(record.diagnosis()).filter(d -> d.origin() == Origin.PLAYBOOK);
    Diagnosis own = stored.orElseGet(() -> PlaybookDiagnosis.of(playbook.get(), finding, change));
    if (claude.isEmpty()) {
      if (stored.isEmpty()) {
        store.incidents().diagnosed(state.incidentId(), own);
      }
      return state.diagnosed(own);
    }
    return state.diagnosed(
        asked(state, claude.get(), new Question.Planned(finding, playbook.get(), change), own));
  }

  private IncidentState unmatched(IncidentState state, Finding finding) {
    List<PlaybookInfo> candidates =
        Optional.ofNullable(finding.resource()).map(ResourceRef::arn).stream()
            .flatMap(arn -> catalogue.forResource(arn).stream())
            .map(Playbook::info)
            .toList();
    Diagnosis own = PlaybookDiagnosis.ofUnmatched(finding);
    String reason = PlaybookDiagnosis.noPlaybook(finding);
    if (claude.isEmpty()) {
      store.incidents().diagnosed(state.incidentId(), own);
      return state.diagnosed(own).ended(Outcome.UNSUPPORTED, reason);
    }
    Diagnosis diagnosis =
        asked(state, claude.get(), new Question.Unmatched(finding, candidates), own);
    IncidentState diagnosed = state.diagnosed(diagnosis);
    if (diagnosis.suggestedPlaybook() != null) {
      return diagnosed.suggested(diagnosis.suggestedPlaybook());
    }
    return diagnosed.ended(
        Outcome.UNSUPPORTED,
        diagnosis.origin() == Origin.CLAUDE
            ? reason
                + ", and Claude suggests none of "
                + candidates.size()
                + " for this type of resource"
            : reason);
  }

  /** Claude's diagnosis or the own one with the reason, recorded. */
  private Diagnosis asked(IncidentState state, Claude asks, Question question, Diagnosis own) {
    String id = state.incidentId();
    Prompt<Diagnosis> prompt;
    try {
      prompt = prompts.apply(question);
    } catch (RuntimeException e) {
      return recorded(id, own.inPlaceOfClaude("nothing was sent: " + unmade(e), null), false);
    }
    String hash = prompt.question(asks.model());
    Optional<Diagnosis> kept =
        state.run().again()
            ? Optional.empty()
            : store.incidents().answer(id, hash).filter(d -> misled(question, d).isEmpty());
    if (kept.isPresent()) {
      return recorded(id, kept.get(), true);
    }
    return switch (asks.ask(prompt)) {
      case Reply.Unusable<Diagnosis> unusable ->
          recorded(id, own.inPlaceOfClaude(unusable.reason(), unusable.call()), false);
      case Reply.Answered<Diagnosis> answered -> {
        Diagnosis answer = withCall(answered.answer(), answered.call());
        Optional<String> misled = misled(question, answer);
        if (misled.isPresent()) {
          yield recorded(id, own.inPlaceOfClaude(misled.get(), answer.call()), false);
        }
        store.incidents().keepAnswer(id, hash, answer);
        yield recorded(id, answer, false);
      }
    };
  }

  private static String unmade(RuntimeException thrown) {
    // Other messages may hold what was to be kept from Claude.
    return thrown instanceof RedactionException
        ? String.valueOf(thrown.getMessage())
        : "the prompt could not be made (" + thrown.getClass().getSimpleName() + ")";
  }

  /** Why a suggestion cannot be followed. */
  private static Optional<String> misled(Question question, Diagnosis diagnosis) {
    String suggested = diagnosis.suggestedPlaybook();
    if (suggested == null) {
      return Optional.empty();
    }
    return switch (question) {
      case Question.Planned planned ->
          Optional.of("Claude suggested a playbook although one is planned");
      case Question.Unmatched unmatched ->
          unmatched.candidates().stream().anyMatch(info -> info.id().equals(suggested))
              ? Optional.empty()
              : Optional.of("Claude suggested a playbook that is none of those for this resource");
    };
  }

  private Diagnosis recorded(String incidentId, Diagnosis diagnosis, boolean reused) {
    if (!reused) {
      asked.accept(diagnosis);
    }
    ObjectNode data = Json.object();
    data.put("origin", diagnosis.origin().name());
    data.put("confidence", diagnosis.confidence().name());
    if (diagnosis.suggestedPlaybook() != null) {
      data.put("suggestedPlaybook", diagnosis.suggestedPlaybook());
    }
    if (diagnosis.reason() != null) {
      data.put("reason", diagnosis.reason());
    }
    if (diagnosis.call() != null) {
      data.set("call", Json.toTree(diagnosis.call()));
    }
    data.put("reused", reused);
    store.audit().append(incidentId, "DIAGNOSED", ACTOR, data);
    store.incidents().diagnosed(incidentId, diagnosis);
    return diagnosis;
  }

  private static Diagnosis withCall(Diagnosis d, ModelCall call) {
    return new Diagnosis(
        d.origin(),
        d.rootCause(),
        d.impact(),
        d.explanation(),
        d.couldBreak(),
        d.needs(),
        d.confidence(),
        d.confidenceReasons(),
        d.suggestedPlaybook(),
        d.reason(),
        call);
  }
}
