package dev.cloudmend.assessor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.aws.AwsConnection;
import dev.cloudmend.aws.AwsWriter;
import dev.cloudmend.aws.CallLimits;
import dev.cloudmend.aws.MemberAccounts;
import dev.cloudmend.aws.WritingClients;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.function.TryAgainException;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.testing.EmulatedAccount;
import dev.cloudmend.testing.RecordedRequest;
import dev.cloudmend.testing.RecordingProxy;
import dev.cloudmend.testing.WithEmulatedAccount;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.LambdaCall;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The function as it is deployed, and accounts that are not its own. */
@WithEmulatedAccount
class MemberAccountTest {

  private static final String MEMBER = "222222222222";
  private static final String UNPREPARED = "333333333333";
  private static final String OTHER = "444444444444";
  private static final String EXTERNAL_ID = "only-for-member-two";
  private static final String READ_ROLE = "arn:aws:iam::222222222222:role/guard-member-read";
  private static final String BUCKET_PLAYBOOK = "s3-bucket-versioning";
  private static final String GROUP_PLAYBOOK = "ec2-security-group-admin-ports-world";
  private static final List<String> ENTERING =
      List.of("sts:GetCallerIdentity", "secretsmanager:GetSecretValue", "sts:AssumeRole");

  @RegisterExtension final FreshStore tables = new FreshStore();

  private final EmulatedAccount own;
  private final RecordingProxy proxy;
  private final WritingClients owners;

  MemberAccountTest(EmulatedAccount own) {
    own.reset();
    this.own = own;
    this.proxy = RecordingProxy.inFrontOf(own.endpoint());
    this.owners =
        WritingClients.open(
            new AwsConnection(Optional.of(own.endpoint()), "us-east-1", Optional.empty()),
            CallLimits.STANDARD,
            new MemberAccounts(Set.of(MEMBER), "seed", a -> Optional.of("seed"), "seed"));
  }

  @AfterEach
  void close() {
    proxy.close();
    owners.close();
  }

  @Test
  void aBucketOfAMemberIsPlannedThroughItsRoleToRead() throws Exception {
    bucket(owners.writer(MEMBER), "reports");

    JsonNode after = assess(BUCKET_PLAYBOOK, MEMBER, "us-east-1", "arn:aws:s3:::reports");

    assertThat(after.path("hash").asText()).startsWith("sha256:");
    assertThat(after.at("/claim/targetKey").asText()).contains(MEMBER);
    List<RecordedRequest> roles = requests("sts:AssumeRole");
    assertThat(roles)
        .singleElement()
        .satisfies(
            r -> {
              assertThat(r.parameter("RoleArn")).isEqualTo(READ_ROLE);
              assertThat(r.parameter("ExternalId")).isEqualTo(EXTERNAL_ID);
              assertThat(r.parameter("RoleSessionName")).isEqualTo("cloudmend-assessor");
            });
    assertThat(requests("s3:")).isNotEmpty().noneMatch(r -> key(r).equals(key(roles.getFirst())));
    assertThat(proxy.writes()).allMatch(r -> r.is("sts:AssumeRole"));
  }

  @Test
  void aSecurityGroupOfAMemberIsReadInItsRegion() throws Exception {
    String group = openGroup(owners.writer(MEMBER), "eu-west-1");

    JsonNode after =
        assess(
            GROUP_PLAYBOOK,
            MEMBER,
            "eu-west-1",
            "arn:aws:ec2:eu-west-1:222222222222:security-group/" + group);

    assertThat(after.path("hash").asText()).startsWith("sha256:");
    assertThat(requests("ec2:"))
        .isNotEmpty()
        .allMatch(r -> r.header("Authorization").contains("/eu-west-1/ec2/"))
        .noneMatch(r -> key(r).equals(key(requests("sts:AssumeRole").getFirst())));
  }

  @Test
  void theOwnAccountNeedsNoRoleAndNoSecret() throws Exception {
    bucket(owners.writer(), "reports");

    JsonNode after = assess(BUCKET_PLAYBOOK, own.accountId(), "us-east-1", "arn:aws:s3:::reports");

    assertThat(after.path("hash").asText()).startsWith("sha256:");
    assertThat(requests("sts:AssumeRole")).isEmpty();
    assertThat(requests("secretsmanager:")).isEmpty();
  }

  @Test
  void anAccountThatIsNoMemberIsBlockedAndNothingIsSentThere() throws Exception {
    bucket(owners.writer(), "reports");

    JsonNode after = assess(BUCKET_PLAYBOOK, OTHER, "us-east-1", "arn:aws:s3:::reports");

    assertThat(after.path("outcome").asText()).isEqualTo("BLOCKED");
    assertThat(after.path("reason").asText())
        .contains("of account " + OTHER + ", which is no member account")
        .contains("nothing was tried");
    assertThat(names()).containsExactly("sts:GetCallerIdentity");
  }

  @Test
  void aRoleThatIsRefusedIsBlockedAndNothingIsTriedWithOwnRights() throws Exception {
    bucket(owners.writer(), "reports");
    proxy.failAlways("sts:AssumeRole", 403, "AccessDenied");

    JsonNode after = assess(BUCKET_PLAYBOOK, MEMBER, "us-east-1", "arn:aws:s3:::reports");

    assertThat(after.path("outcome").asText()).isEqualTo("BLOCKED");
    assertThat(after.path("reason").asText())
        .contains("account " + MEMBER)
        .contains(READ_ROLE)
        .contains("AccessDenied")
        .contains("modules/member-account")
        .doesNotContain(EXTERNAL_ID);
    assertThat(names()).containsExactlyElementsOf(ENTERING);
  }

  @Test
  void aMemberWithoutAnExternalIdIsBlocked() throws Exception {
    JsonNode after = assess(BUCKET_PLAYBOOK, UNPREPARED, "us-east-1", "arn:aws:s3:::reports");

    assertThat(after.path("outcome").asText()).isEqualTo("BLOCKED");
    assertThat(after.path("reason").asText()).contains("no external id").contains(UNPREPARED);
    assertThat(names()).containsExactlyElementsOf(ENTERING.subList(0, 2));
  }

  @Test
  void whatMayPassIsTriedAgain() {
    for (String operation : ENTERING) {
      proxy.clear();
      proxy.failAlways(operation, 503, "ServiceUnavailable");

      assertThatThrownBy(() -> assess(BUCKET_PLAYBOOK, MEMBER, "us-east-1", "arn:aws:s3:::reports"))
          .isExactlyInstanceOf(TryAgainException.class)
          .hasMessageContaining(operation);
      assertThat(requests("s3:")).isEmpty();
    }
  }

  private JsonNode assess(String playbook, String account, String region, String arn)
      throws IOException, InterruptedException {
    Finding sample = SampleIncidents.finding("evt-1");
    var finding =
        new Finding(
            sample.eventId(),
            sample.source(),
            sample.check(),
            sample.title(),
            sample.severity(),
            sample.frameworks(),
            new ResourceRef(Arn.parse(arn), account, region),
            sample.observedAt(),
            sample.actor(),
            sample.facts());
    var incident =
        new Incident(
            Incident.idOf("evt-1", arn, playbook),
            playbook,
            finding,
            null,
            null,
            RunOptions.NONE,
            List.of());
    tables.store().incidents().open(incident, "execution");
    IncidentState opened =
        IncidentState.opened(incident.incidentId(), "execution", playbook, RunOptions.NONE);
    try (var handler = new AssessorHandler(settings())) {
      assertThat(proxy.requests()).isEmpty();
      return LambdaCall.call(handler, Json.toTree(opened));
    }
  }

  private Map<String, Object> settings() throws IOException, InterruptedException {
    var settings = new HashMap<String, Object>(tables.handlerSettings());
    settings.put("cloudmend.live", "true");
    settings.put("cloudmend.region", "us-east-1");
    settings.put("cloudmend.members", MEMBER + "," + UNPREPARED);
    settings.put("cloudmend.member-prefix", "guard");
    settings.put("cloudmend.external-ids", secret());
    settings.put("aws.endpoint.url", proxy.endpoint().toString());
    return settings;
  }

  private String secret() throws IOException, InterruptedException {
    ObjectNode ids = Json.object().put(MEMBER, EXTERNAL_ID);
    ObjectNode body =
        Json.object()
            .put("Name", "external-ids")
            .put("ClientRequestToken", "00000000-0000-4000-8000-000000000000")
            .put("SecretString", ids.toString());
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

  private static void bucket(AwsWriter writer, String name) {
    writer.write(new ApiCall("s3", "CreateBucket", "us-east-1", Json.object().put("Bucket", name)));
  }

  private static String openGroup(AwsWriter writer, String region) {
    String group =
        writer
            .write(
                new ApiCall(
                    "ec2",
                    "CreateSecurityGroup",
                    region,
                    Json.object().put("GroupName", "open").put("Description", "open")))
            .path("GroupId")
            .asText();
    writer.write(
        new ApiCall(
            "ec2",
            "AuthorizeSecurityGroupIngress",
            region,
            Json.parseObject(
                """
                {"GroupId": "%s", "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 22,
                 "ToPort": 22, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}
                """
                    .formatted(group))));
    return group;
  }

  private List<RecordedRequest> requests(String prefix) {
    return proxy.requests().stream().filter(r -> r.name().startsWith(prefix)).toList();
  }

  private List<String> names() {
    return proxy.requests().stream().map(RecordedRequest::name).toList();
  }

  private static String key(RecordedRequest request) {
    String authorization = request.header("Authorization");
    int start = authorization.indexOf("Credential=");
    return authorization.substring(start, authorization.indexOf('/', start));
  }
}
