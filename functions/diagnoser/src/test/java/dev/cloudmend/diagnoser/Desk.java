package dev.cloudmend.diagnoser;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.claude.Claude;
import dev.cloudmend.claude.Prompt;
import dev.cloudmend.diagnoser.prompt.Question;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Diagnosis;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Reversibility;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.playbooks.Catalogue;
import dev.cloudmend.playbooks.Playbook;
import dev.cloudmend.playbooks.PlaybookDiagnosis;
import dev.cloudmend.playbooks.PlaybookInfo;
import dev.cloudmend.store.AuditEntry;
import dev.cloudmend.store.IncidentRecord;
import dev.cloudmend.store.Store;
import dev.cloudmend.testing.bedrock.FakeBedrock;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.SampleIncidents;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Incidents that are to be diagnosed, and a diagnoser that asks a local server or nobody. */
final class Desk implements AutoCloseable {

  static final String PLAYBOOK = "s3-bucket-versioning";
  static final String EXECUTION = "arn:aws:states:us-east-1:000000000000:execution:m:one";
  static final RunOptions AGAIN = new RunOptions(List.of(), true, "ana");

  final FakeBedrock bedrock = FakeBedrock.start();
  final List<Question> questions = new ArrayList<>();

  /** What was told to be counted. */
  final List<Diagnosis> counted = new ArrayList<>();

  private final FreshStore tables;
  private final List<Diagnoser> opened = new ArrayList<>();

  Desk(FreshStore tables) {
    this.tables = tables;
  }

  Diagnoser diagnoser() {
    return diagnoser(tables.store());
  }

  Diagnoser diagnoser(Store store) {
    return diagnoser(store, question -> Asking.prompt());
  }

  Diagnoser diagnoser(Store store, Function<Question, Prompt<Diagnosis>> prompts) {
    return diagnoser(store, Optional.of(Asking.claude(bedrock, Asking.QUICK)), prompts);
  }

  Diagnoser withoutClaude() {
    return diagnoser(tables.store(), Optional.empty(), question -> Asking.prompt());
  }

  private Diagnoser diagnoser(
      Store store, Optional<Claude> claude, Function<Question, Prompt<Diagnosis>> prompts) {
    var made =
        new Diagnoser(
            Catalogue.standard(),
            store,
            claude,
            question -> {
              questions.add(question);
              return prompts.apply(question);
            },
            counted::add);
    opened.add(made);
    return made;
  }

  /** An incident whose fix is planned. */
  IncidentState planned(RunOptions run) {
    Incident incident = SampleIncidents.of("evt-1", PLAYBOOK, run);
    tables.store().incidents().open(incident, EXECUTION);
    tables.store().incidents().saveChange(incident.incidentId(), change());
    return IncidentState.opened(incident.incidentId(), EXECUTION, PLAYBOOK, run)
        .planned(Json.object(), change().hash());
  }

  /** An incident that no playbook answers to. */
  IncidentState unmatched(RunOptions run) {
    Incident incident = SampleIncidents.unmatched("evt-1", run);
    tables.store().incidents().open(incident, EXECUTION);
    return IncidentState.opened(incident.incidentId(), EXECUTION, null, run)
        .unmatched(Json.object());
  }

  IncidentRecord record(IncidentState state) {
    return tables.store().incidents().find(state.incidentId()).orElseThrow();
  }

  List<AuditEntry> audit(IncidentState state) {
    return tables.store().audit().ofIncident(state.incidentId());
  }

  static PlaybookInfo info() {
    return Catalogue.standard().byId(PLAYBOOK).map(Playbook::info).orElseThrow();
  }

  /** What the playbook says by itself of the planned incident. */
  static Diagnosis own() {
    return PlaybookDiagnosis.of(info(), finding(), change());
  }

  static Finding finding() {
    return SampleIncidents.finding("evt-1");
  }

  static Change change() {
    return new Change(
        SampleIncidents.TARGET,
        PLAYBOOK,
        "1",
        Json.object().put("versioning", "Suspended"),
        Json.object().put("versioning", "Enabled"),
        List.of(call("Enabled")),
        List.of(call("Suspended")),
        Reversibility.EXACT,
        null,
        "Turn versioning on",
        List.of(),
        Json.object());
  }

  private static ApiCall call(String status) {
    ObjectNode parameters = Json.object().put("Bucket", "reports");
    parameters.putObject("VersioningConfiguration").put("Status", status);
    return new ApiCall("s3", "PutBucketVersioning", SampleIncidents.REGION, parameters);
  }

  @Override
  public void close() {
    opened.forEach(Diagnoser::close);
    bedrock.close();
  }
}
