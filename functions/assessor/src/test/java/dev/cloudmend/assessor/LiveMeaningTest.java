package dev.cloudmend.assessor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.aws.AwsConnection;
import dev.cloudmend.aws.AwsWriter;
import dev.cloudmend.aws.CallLimits;
import dev.cloudmend.aws.MemberAccounts;
import dev.cloudmend.aws.WritingClients;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.model.Severity;
import dev.cloudmend.testing.EmulatedAccount;
import dev.cloudmend.testing.RecordedRequest;
import dev.cloudmend.testing.RecordingProxy;
import dev.cloudmend.testing.WithEmulatedAccount;
import dev.cloudmend.testing.functions.AdvancingClock;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.LambdaCall;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The function as it is deployed, and what it asks an account beside its resources. */
@WithEmulatedAccount
class LiveMeaningTest {

  @RegisterExtension final FreshStore tables = new FreshStore();

  private final EmulatedAccount account;
  private final RecordingProxy proxy;
  private final WritingClients owner;

  LiveMeaningTest(EmulatedAccount account) {
    account.reset();
    this.account = account;
    this.proxy = RecordingProxy.inFrontOf(account.endpoint());
    this.owner =
        WritingClients.open(
            new AwsConnection(Optional.of(account.endpoint()), "us-east-1", Optional.empty()),
            CallLimits.STANDARD,
            MemberAccounts.NONE);
  }

  @AfterEach
  void close() {
    proxy.close();
    owner.close();
  }

  @Test
  void aManagedRuleUnderAnotherNameLeadsToItsPlaybook() throws Exception {
    write("s3", "CreateBucket", Json.object().put("Bucket", "reports"));
    putRule("S3_BUCKET_VERSIONING_ENABLED");

    JsonNode after = assess(ofRule());

    assertThat(after.path("playbook").asText()).isEqualTo("s3-bucket-versioning");
    assertThat(after.path("hash").asText()).startsWith("sha256:");
    assertThat(requests("config:DescribeConfigRules")).hasSize(1);
    assertThat(proxy.writes()).isEmpty();
  }

  @Test
  void aRuleThatMayNotBeReadLeavesTheFindingUnmatched() throws Exception {
    proxy.failAlways("config:DescribeConfigRules", 400, "AccessDeniedException");

    JsonNode after = assess(ofRule());

    assertThat(after.path("findingClaim").isObject()).isTrue();
    assertThat(after.path("outcome").asText("")).isEmpty();
    assertThat(
            tables
                .store()
                .incidents()
                .find(after.path("incidentId").asText())
                .orElseThrow()
                .incident()
                .finding()
                .facts()
                .path("ruleNotRead")
                .asText())
        .contains("DescribeConfigRules");
  }

  @Test
  void theOptOutTagOfABucketIsSeen() throws Exception {
    write("s3", "CreateBucket", Json.object().put("Bucket", "reports"));
    ObjectNode tagging = Json.object().put("Bucket", "reports");
    tagging
        .putObject("Tagging")
        .putArray("TagSet")
        .addObject()
        .put("Key", "cloudmend:ignore")
        .put("Value", "static site");
    write("s3", "PutBucketTagging", tagging);
    putRule("S3_BUCKET_VERSIONING_ENABLED");

    JsonNode after = assess(ofRule());

    assertThat(after.path("outcome").asText()).isEqualTo("IGNORED");
    assertThat(after.path("reason").asText()).contains("static site");
    assertThat(requests("s3:GetBucketTagging"))
        .singleElement()
        .satisfies(
            r ->
                assertThat(r.header("x-amz-expected-bucket-owner")).isEqualTo(account.accountId()));
  }

  /** The emulator's users have ids of another form. */
  @Test
  void aRoleIsFoundByItsUniqueId() throws Exception {
    role("build", "/");
    String id = role("deploy", "/service/");
    String prefix = "arn:aws:iam::" + account.accountId() + ":role/";

    JsonNode after = assess(finding("securityhub", prefix + id, Json.object().put("uniqueId", id)));

    assertThat(id).startsWith("AROA");
    assertThat(after.at("/findingClaim/targetKey").asText()).endsWith(prefix + "service/deploy");
  }

  private String role(String name, String path) {
    return write(
            "iam",
            "CreateRole",
            Json.object()
                .put("RoleName", name)
                .put("Path", path)
                .put("AssumeRolePolicyDocument", "{\"Version\": \"2012-10-17\"}"))
        .path("Role")
        .path("RoleId")
        .asText();
  }

  private Finding ofRule() {
    return finding(
        "config",
        "arn:aws:s3:::reports",
        Json.object()
            .put("configRuleName", "team-rule-7")
            .put(
                "configRuleARN",
                "arn:aws:config:eu-west-1:" + account.accountId() + ":config-rule/config-rule-x"));
  }

  private Finding finding(String source, String arn, ObjectNode facts) {
    return new Finding(
        "evt-1",
        source,
        "team-rule-7",
        "It fails",
        Severity.UNKNOWN,
        List.of(),
        new ResourceRef(Arn.parse(arn), account.accountId(), "us-east-1"),
        AdvancingClock.START,
        null,
        facts);
  }

  private JsonNode assess(Finding finding) throws IOException {
    String arn = Objects.requireNonNull(finding.resource()).arn().toString();
    var incident =
        new Incident(
            Incident.idOf("evt-1", arn, "none"),
            null,
            finding,
            null,
            null,
            RunOptions.NONE,
            List.of());
    tables.store().incidents().open(incident, "execution");
    var settings = new HashMap<String, Object>(tables.handlerSettings());
    settings.put("cloudmend.live", "true");
    settings.put("cloudmend.region", "us-east-1");
    settings.put("aws.endpoint.url", proxy.endpoint().toString());
    try (var handler = new AssessorHandler(settings)) {
      return LambdaCall.call(
          handler,
          Json.toTree(
              IncidentState.opened(incident.incidentId(), "execution", null, RunOptions.NONE)));
    }
  }

  private ObjectNode write(String service, String operation, ObjectNode parameters) {
    AwsWriter writer = owner.writer();
    String region = service.equals("iam") ? "global" : "us-east-1";
    return writer.write(new ApiCall(service, operation, region, parameters));
  }

  private void putRule(String identifier) throws IOException, InterruptedException {
    ObjectNode body = Json.object();
    ObjectNode rule = body.putObject("ConfigRule").put("ConfigRuleName", "team-rule-7");
    rule.putObject("Source").put("Owner", "AWS").put("SourceIdentifier", identifier);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(account.endpoint() + "/"))
            .header("X-Amz-Target", "StarlingDoveService.PutConfigRule")
            .header("Content-Type", "application/x-amz-json-1.1")
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256"
                    + " Credential=testing/20260101/eu-west-1/config/aws4_request,"
                    + " SignedHeaders=host, Signature=0")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
  }

  private List<RecordedRequest> requests(String operation) {
    return proxy.requests().stream().filter(r -> r.is(operation)).toList();
  }
}
