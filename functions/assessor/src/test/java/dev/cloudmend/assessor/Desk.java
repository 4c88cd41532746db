package dev.cloudmend.assessor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.aws.AwsCallException;
import dev.cloudmend.aws.AwsCallException.Kind;
import dev.cloudmend.aws.AwsReader;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.playbooks.Baselines;
import dev.cloudmend.playbooks.Catalogue;
import dev.cloudmend.pullrequests.RepositoryMapping;
import dev.cloudmend.store.ClaimKey;
import dev.cloudmend.store.IncidentRecord;
import dev.cloudmend.store.Intent;
import dev.cloudmend.store.Store;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.SampleIncidents;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** An assessor, its playbook, and incidents that were opened for it. */
final class Desk {

  static final String ID = "s3-bucket-versioning";
  static final String EXECUTION = "arn:aws:states:us-east-1:000000000000:execution:m:one";
  static final RunOptions AGAIN = new RunOptions(List.of(), true, "ana");

  final ScriptedPlaybook playbook = new ScriptedPlaybook(ID);

  /** What the account answers; a bucket without tags unless a test says otherwise. */
  Function<ApiCall, ObjectNode> answers = Desk::untagged;

  /** The managed rule behind a rule of AWS Config, by its region and name. */
  BiFunction<String, String, Optional<String>> rules = (region, name) -> Optional.empty();

  /** Which repositories hold the source of which resources. */
  RepositoryMapping repositories = new RepositoryMapping(List.of());

  /** The names of the reads that the account was asked. */
  final List<String> read = new ArrayList<>();

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
        repositories,
        account -> account(),
        (account, region, name) -> rules.apply(region, name),
        store,
        tables.clock(),
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

  /** The account's tags and IAM; the playbook of these tests needs no other reads. */
  private AwsReader account() {
    return new AwsReader() {

      @Override
      public String callerAccount() {
        return SampleIncidents.ACCOUNT;
      }

      @Override
      public ObjectNode read(ApiCall call) {
        read.add(call.name());
        return answers.apply(call);
      }

      @Override
      public List<JsonNode> readAll(ApiCall call, String member) {
        var all = new ArrayList<JsonNode>();
        read(call).path(member).forEach(all::add);
        return all;
      }
    };
  }

  /** A bucket's tags, as S3 answers. */
  static ObjectNode tags(String key, String value) {
    ObjectNode answer = Json.object();
    answer.putArray("TagSet").addObject().put("Key", key).put("Value", value);
    return answer;
  }

  private static ObjectNode untagged(ApiCall call) {
    if (call.operation().equals("GetBucketLocation")) {
      return Json.object();
    }
    throw new AwsCallException(Kind.SERVICE, "NoSuchTagSet", call, "no tags");
  }
}
