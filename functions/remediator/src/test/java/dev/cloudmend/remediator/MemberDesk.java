package dev.cloudmend.remediator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.aws.AwsConnection;
import dev.cloudmend.aws.CallLimits;
import dev.cloudmend.aws.MemberAccounts;
import dev.cloudmend.aws.WritingClients;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Assessment;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.playbooks.Baselines;
import dev.cloudmend.playbooks.Catalogue;
import dev.cloudmend.store.ClaimKey;
import dev.cloudmend.testing.EmulatedAccount;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.SampleIncidents;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Emulated accounts with resources to mend, and incidents that were planned from them. */
final class MemberDesk implements AutoCloseable {

  static final String MEMBER = "222222222222";
  static final String EXTERNAL_ID = "only-for-member-two";
  static final String REGION = "us-east-1";

  private final EmulatedAccount own;
  private final FreshStore tables;
  private final WritingClients owners;

  MemberDesk(EmulatedAccount own, FreshStore tables) {
    this.own = own;
    this.tables = tables;
    this.owners =
        WritingClients.open(
            new AwsConnection(Optional.of(own.endpoint()), REGION, Optional.empty()),
            CallLimits.STANDARD,
            new MemberAccounts(Set.of(MEMBER), "seed", a -> Optional.of("seed"), "seed"));
  }

  /** What a handler needs to reach all of it through one address. */
  Map<String, Object> settings(URI address, boolean live) throws IOException, InterruptedException {
    var settings = new HashMap<String, Object>(tables.handlerSettings());
    settings.put("cloudmend.live", Boolean.toString(live));
    settings.put("cloudmend.region", REGION);
    settings.put("cloudmend.members", MEMBER);
    settings.put("cloudmend.member-prefix", "guard");
    settings.put("cloudmend.external-ids", secret());
    settings.put("aws.endpoint.url", address.toString());
    return settings;
  }

  /** An unversioned bucket, and the incident of it as the decider hands it on. */
  IncidentState bucket(String account, String name) {
    write(account, "s3", "CreateBucket", REGION, "{\"Bucket\": \"" + name + "\"}");
    return decided("s3-bucket-versioning", account, REGION, "arn:aws:s3:::" + name);
  }

  /** A group that lets the world in by SSH, and the incident of it. */
  IncidentState openGroup(String account, String region) {
    String group =
        write(
                account,
                "ec2",
                "CreateSecurityGroup",
                region,
                "{\"GroupName\": \"open\", \"Description\": \"open\"}")
            .path("GroupId")
            .asText();
    write(
        account,
        "ec2",
        "AuthorizeSecurityGroupIngress",
        region,
        """
        {"GroupId": "%s", "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 22,
         "ToPort": 22, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}
        """
            .formatted(group));
    return decided(
        "ec2-security-group-admin-ports-world",
        account,
        region,
        "arn:aws:ec2:%s:%s:security-group/%s".formatted(region, account, group));
  }

  /** The live state that the planned change speaks of. */
  JsonNode observe(IncidentState state) {
    Change change = change(state);
    return Catalogue.standard()
        .byId(change.playbook())
        .orElseThrow()
        .observe(change, owners.reader(change.target().account()));
  }

  Change change(IncidentState state) {
    return tables
        .store()
        .incidents()
        .change(state.incidentId(), String.valueOf(state.hash()))
        .orElseThrow();
  }

  @Override
  public void close() {
    owners.close();
  }

  private IncidentState decided(String playbook, String account, String region, String arn) {
    var resource = new ResourceRef(Arn.parse(arn), account, region);
    Finding sample = SampleIncidents.finding("evt-1");
    var finding =
        new Finding(
            sample.eventId(),
            sample.source(),
            sample.check(),
            sample.title(),
            sample.severity(),
            sample.frameworks(),
            resource,
            sample.observedAt(),
            sample.actor(),
            sample.facts());
    String id = Incident.idOf("evt-1", arn, playbook);
    tables
        .store()
        .incidents()
        .open(
            new Incident(id, playbook, finding, null, null, RunOptions.NONE, List.of()),
            Scene.EXECUTION);
    Change change =
        ((Assessment.Violating)
                Catalogue.standard()
                    .byId(playbook)
                    .orElseThrow()
                    .assess(resource, Baselines.DEFAULT, owners.reader(account)))
            .change();
    tables.store().incidents().saveChange(id, change);
    var key = new ClaimKey(change.target().key(), playbook, change.fingerprint(), true);
    return IncidentState.opened(id, Scene.EXECUTION, playbook, RunOptions.NONE)
        .planned(Json.toTree(key), change.hash())
        .decided(Scene.AUTOMATIC);
  }

  private ObjectNode write(
      String account, String service, String operation, String region, String parameters) {
    return owners
        .writer(account)
        .write(new ApiCall(service, operation, region, Json.parseObject(parameters)));
  }

  private String secret() throws IOException, InterruptedException {
    ObjectNode body =
        Json.object()
            .put("Name", "external-ids")
            .put("ClientRequestToken", "00000000-0000-4000-8000-000000000000")
            .put("SecretString", Json.object().put(MEMBER, EXTERNAL_ID).toString());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(own.endpoint() + "/"))
            .header("X-Amz-Target", "secretsmanager.CreateSecret")
            .header("Content-Type", "application/x-amz-json-1.1")
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256"
                    + " Credential=testing/20260101/us-east-1/secretsmanager/aws4_request,"
                    + " SignedHeaders=host, Signature=0")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      String answer = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return Json.parse(answer).path("ARN").asText();
    }
  }
}
