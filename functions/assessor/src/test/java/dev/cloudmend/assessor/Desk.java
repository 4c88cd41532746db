package dev.cloudmend.assessor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.aws.AwsReader;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.playbooks.Baselines;
import dev.cloudmend.playbooks.Catalogue;
import dev.cloudmend.store.ClaimKey;
import dev.cloudmend.store.IncidentRecord;
import dev.cloudmend.store.Intent;
import dev.cloudmend.store.Store;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.SampleIncidents;
import java.util.List;
import java.util.Objects;

/** An assessor, its playbook, and incidents that were opened for it. */
final class Desk {

  static final String ID = "s3-bucket-versioning";
  static final String EXECUTION = "arn:aws:states:us-east-1:000000000000:execution:m:one";
  static final RunOptions AGAIN = new RunOptions(List.of(), true, "ana");

  final ScriptedPlaybook playbook = new ScriptedPlaybook(ID);
  private final FreshStore tables;

  Desk(FreshStore tables) {
    this.tables = tables;
  }

  Assessor assessor() {
    return assessor(tables.store(), true);
  }

  Assessor assessor(Store store, boolean live) {
    return new Assessor(
        new Catalogue(List.of(playbook)),
        Baselines.DEFAULT,
        account -> new NoAccount(),
        store,
        live);
  }

  static Incident incident(String eventId) {
    return SampleIncidents.of(eventId, ID, RunOptions.NONE);
  }

  static Incident approving(String eventId, String hash) {
    return SampleIncidents.of(eventId, ID, new RunOptions(List.of(hash), false, "ana"));
  }

  IncidentState open(Incident incident) {
    tables.store().incidents().open(incident, EXECUTION);
    return IncidentState.opened(
        incident.incidentId(), EXECUTION, incident.playbook(), incident.run());
  }

  /** What the remediator leaves when its process dies after the first call. */
  void begin(IncidentState planned) {
    String hash = Objects.requireNonNull(planned.hash());
    tables
        .store()
        .incidents()
        .intend(
            planned.incidentId(), new Intent(hash, Intent.APPLY, tables.clock().instant(), false));
  }

  ClaimKey claimKey(boolean live) {
    Change change = playbook.change("Suspended");
    return new ClaimKey(change.target().key(), ID, change.fingerprint(), live);
  }

  IncidentRecord record(IncidentState state) {
    return tables.store().incidents().find(state.incidentId()).orElseThrow();
  }

  /** The playbook of these tests needs none. */
  private static final class NoAccount implements AwsReader {

    @Override
    public String callerAccount() {
      throw new UnsupportedOperationException("no account");
    }

    @Override
    public ObjectNode read(ApiCall call) {
      throw new UnsupportedOperationException("no account");
    }

    @Override
    public List<JsonNode> readAll(ApiCall call, String member) {
      throw new UnsupportedOperationException("no account");
    }
  }
}
