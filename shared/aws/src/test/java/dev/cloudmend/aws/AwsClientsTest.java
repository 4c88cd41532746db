package dev.cloudmend.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.aws.AwsCallException.Kind;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.model.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AwsClientsTest {

  private static final CallLimits ONCE =
      new CallLimits(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(5), 1);

  private static final ApiCall BLOCK =
      call("s3", "GetPublicAccessBlock", "eu-west-1", "{\"Bucket\": \"b\"}");
  private static final ApiCall VERSIONING =
      call(
          "s3",
          "PutBucketVersioning",
          "eu-west-1",
          "{\"Bucket\": \"b\", \"VersioningConfiguration\": {\"Status\": \"Enabled\"}}");
  private static final ApiCall GROUPS = call("ec2", "DescribeSecurityGroups", "eu-west-1", "{}");

  private FakeAws aws;

  @BeforeEach
  void start() throws IOException {
    aws = new FakeAws();
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void readsByTheMemberNamesOfTheApi() {
    aws.thenAnswer(
        200,
        """
        <PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls></PublicAccessBlockConfiguration>
        """);

    try (var clients = AwsClients.open(aws.connection(), ONCE)) {
      assertThat(clients.readOnly().read(BLOCK))
          .isEqualTo(
              Json.parse("{\"PublicAccessBlockConfiguration\": {\"BlockPublicAcls\": true}}"));
    }
    assertThat(aws.requests().getFirst().target()).isEqualTo("/b?publicAccessBlock");
  }

  @Test
  void writesWithTheWritingClientsOnly() {
    try (var clients = WritingClients.open(aws.connection(), ONCE)) {
      assertThatThrownBy(() -> clients.reader().read(VERSIONING))
          .isInstanceOfSatisfying(
              AwsCallException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED));
      assertThat(aws.count()).isZero();

      clients.writer().write(VERSIONING);
    }
    assertThat(aws.requests())
        .singleElement()
        .satisfies(r -> assertThat(r.body()).contains("<Status>Enabled</Status>"));
  }

  @Test
  void theRefusedWriterSendsNothing() {
    try (var clients = AwsClients.open(aws.connection(), ONCE)) {
      assertThatThrownBy(() -> clients.refusedWriter().write(VERSIONING))
          .isInstanceOfSatisfying(
              AwsCallException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED));
      assertThat(clients.refused()).containsExactly("s3:PutBucketVersioning");
    }
    assertThat(aws.count()).isZero();
  }

  @Test
  void keepsTheAccountIdOutOfAnEmulatorsHostName() {
    ApiCall read =
        call("s3control", "GetPublicAccessBlock", "eu-west-1", "{\"AccountId\": \"123456789012\"}");

    try (var clients = AwsClients.open(aws.connection(), ONCE)) {
      clients.readOnly().read(read);
    }
    assertThat(aws.requests().getFirst().host()).startsWith("127.0.0.1:");
  }

  @Test
  void sendsCallsOfGlobalServicesToTheRegionOfThePartition() {
    aws.alwaysAnswer(
        200, "<GetAccountSummaryResponse><GetAccountSummaryResult/></GetAccountSummaryResponse>");

    assertThat(signedFor("eu-west-1")).contains("/us-east-1/iam/");
    assertThat(signedFor("cn-northwest-1")).contains("/cn-north-1/iam/");
    assertThat(signedFor("us-gov-east-1")).contains("/us-gov-west-1/iam/");
  }

  private String signedFor(String region) {
    var connection = new AwsConnection(Optional.of(aws.endpoint()), region, Optional.empty());
    try (var clients = AwsClients.open(connection, ONCE)) {
      clients.readOnly().read(call("iam", "GetAccountSummary", Target.GLOBAL, "{}"));
    }
    return aws.requests().getLast().authorization();
  }

  @Test
  void asksForTheCallersAccountOnce() {
    aws.thenAnswer(
        200,
        """
        <GetCallerIdentityResponse><GetCallerIdentityResult><Account>123456789012</Account>
        </GetCallerIdentityResult></GetCallerIdentityResponse>
        """);

    try (var clients = AwsClients.open(aws.connection(), ONCE)) {
      assertThat(clients.readOnly().callerAccount()).isEqualTo("123456789012");
      assertThat(clients.readOnly().callerAccount()).isEqualTo("123456789012");
    }
    assertThat(aws.count()).isEqualTo(1);
  }

  @Test
  void failsWhenTheCallersAccountCannotBeTold() {
    aws.thenAnswer(200, "<GetCallerIdentityResponse/>");

    try (var clients = AwsClients.open(aws.connection(), ONCE)) {
      assertThatThrownBy(() -> clients.readOnly().callerAccount())
          .isInstanceOf(AwsCallException.class)
          .hasMessageContaining("account id");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "403, AccessDenied, ACCESS_DENIED",
    "400, AccessDeniedException, ACCESS_DENIED",
    "403, SomethingNew, ACCESS_DENIED",
    "503, SlowDown, THROTTLED",
    "400, ThrottlingException, THROTTLED",
    "429, Anything, THROTTLED",
    "500, InternalError, UNREACHABLE",
    "503, ServiceUnavailable, UNREACHABLE",
    "404, NoSuchPublicAccessBlockConfiguration, SERVICE",
    "409, OperationAborted, SERVICE"
  })
  void tellsTheKindOfAnErrorOfS3(int status, String code, Kind kind) {
    aws.thenAnswer(status, "<Error><Code>" + code + "</Code><Message>the reason</Message></Error>");

    AwsCallException e = failure(BLOCK, ONCE);

    assertThat(e.kind()).isEqualTo(kind);
    assertThat(e.code()).isEqualTo(code);
    assertThat(e).hasMessageContaining("s3:GetPublicAccessBlock").hasMessageContaining("reason");
  }

  @ParameterizedTest
  @CsvSource({
    "403, UnauthorizedOperation, ACCESS_DENIED",
    "400, RequestLimitExceeded, THROTTLED",
    "400, InvalidGroup.NotFound, SERVICE",
    "412, DryRunOperation, SERVICE",
    "500, InternalError, UNREACHABLE"
  })
  void tellsTheKindOfAnErrorOfEc2(int status, String code, Kind kind) {
    aws.thenAnswer(status, ec2Error(code, "the reason"));

    AwsCallException e = failure(GROUPS, ONCE);

    assertThat(e.kind()).isEqualTo(kind);
    assertThat(e.code()).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "301, PermanentRedirect, SERVICE",
    "403, AccessDenied, ACCESS_DENIED",
    "404, NoSuchBucket, SERVICE",
    "500, UNREACHABLE, UNREACHABLE"
  })
  void tellsTheKindOfAnErrorWithoutABody(int status, String code, Kind kind) {
    aws.thenAnswer(status, "");

    AwsCallException e =
        failure(call("s3", "HeadBucket", "eu-west-1", "{\"Bucket\": \"b\"}"), ONCE);

    assertThat(e.kind()).isEqualTo(kind);
    assertThat(e.code()).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ExpiredToken", "InvalidClientTokenId", "SignatureDoesNotMatch"})
  void saysWhatToDoAboutBadCredentialsAndRepeatsNothingSigned(String code) {
    aws.thenAnswer(
        403,
        "<Error><Code>"
            + code
            + "</Code><Message>x-amz-security-token:SECRET AWS4-HMAC-SHA256</Message></Error>");

    AwsCallException e = failure(BLOCK, ONCE);

    assertThat(e.kind()).isEqualTo(Kind.ACCESS_DENIED);
    assertThat(e.code()).isEqualTo(code);
    assertThat(e).hasMessageContaining("sign in again").hasMessageNotContaining("SECRET");
    assertThat(e).hasNoCause();
  }

  @Test
  void dropsTheEncodedPartOfEc2sRefusals() {
    aws.thenAnswer(
        403,
        ec2Error(
            "UnauthorizedOperation",
            "You are not allowed. Encoded authorization failure message: AbCdEf"));

    assertThat(failure(GROUPS, ONCE))
        .hasMessageContaining("You are not allowed.")
        .hasMessageNotContaining("AbCdEf");
  }

  @Test
  void makesHostileTextInAnErrorHarmless() {
    aws.thenAnswer(
        400, "<Error><Code>Odd</Code><Message>a\u202e" + "x".repeat(5000) + "</Message></Error>");

    String message = String.valueOf(failure(BLOCK, ONCE).getMessage());

    assertThat(message).hasSizeLessThan(1000).doesNotContain("\u202e");
  }

  @Test
  void triesAgainAsOftenAsTold() {
    aws.alwaysAnswer(500, "");

    failure(BLOCK, CallLimits.STANDARD);

    assertThat(aws.count()).isEqualTo(3);
  }

  @Test
  void anAnswerThatTakesTooLongIsUnreachable() throws IOException {
    try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var limits =
          new CallLimits(Duration.ofMillis(300), Duration.ofMillis(200), Duration.ofSeconds(1), 1);

      assertThat(failureAt(URI.create("http://127.0.0.1:" + silent.getLocalPort()), limits).kind())
          .isEqualTo(Kind.UNREACHABLE);
    }
  }

  @Test
  void aClosedPortIsUnreachable() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    AwsCallException e = failureAt(URI.create("http://127.0.0.1:" + port), ONCE);

    assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(e.isPassing()).isTrue();
  }

  @Test
  void anAnswerThatIsNotXmlIsAnErrorAndNoEmptyState() {
    aws.thenAnswer(200, "{\"this\": \"is no bucket\"}");

    assertThat(failure(BLOCK, ONCE).kind()).isEqualTo(Kind.SERVICE);
  }

  @Test
  void aProfileThatIsNotThereIsAnErrorThatSaysWhatToDo() {
    var connection =
        new AwsConnection(
            Optional.of(aws.endpoint()), "eu-west-1", Optional.of("no-such-profile-here"));

    try (var clients = AwsClients.open(connection, ONCE)) {
      assertThatThrownBy(() -> clients.readOnly().read(BLOCK))
          .isInstanceOfSatisfying(
              AwsCallException.class, e -> assertThat(e.kind()).isEqualTo(Kind.ACCESS_DENIED))
          .hasMessageContaining("sign in, name a profile");
    }
    assertThat(aws.count()).isZero();
  }

  @Test
  void anInvalidCallIsNotSent() {
    assertThat(failure(call("s3", "GetBucketAcl", "eu-west-1", "{}"), ONCE).kind())
        .isEqualTo(Kind.INVALID_CALL);
    assertThat(aws.count()).isZero();
  }

  @Test
  void readsAllPagesOfEc2() {
    aws.thenAnswer(200, groups("sg-1", "A"))
        .thenAnswer(200, groups("sg-2", "B"))
        .thenAnswer(200, groups("sg-3", ""));

    assertThat(readAll(GROUPS, "SecurityGroups"))
        .extracting(g -> g.path("GroupId").asText())
        .containsExactly("sg-1", "sg-2", "sg-3");
    assertThat(aws.requests().get(0).body()).doesNotContain("NextToken");
    assertThat(aws.requests().get(1).body()).contains("NextToken=A");
    assertThat(aws.requests().get(2).body()).contains("NextToken=B");
  }

  @Test
  void readsAllPagesOfIam() {
    aws.thenAnswer(200, users("alice", true, "M1")).thenAnswer(200, users("bob", false, "M2"));

    assertThat(readAll(call("iam", "ListUsers", Target.GLOBAL, "{}"), "Users"))
        .extracting(u -> u.path("UserName").asText())
        .containsExactly("alice", "bob");
    assertThat(aws.requests().get(1).body()).contains("Marker=M1");
  }

  @Test
  void readsAllPagesOfS3() {
    aws.thenAnswer(200, buckets("a", "<ContinuationToken>t</ContinuationToken>"))
        .thenAnswer(200, buckets("b", ""));

    assertThat(readAll(call("s3", "ListBuckets", "us-east-1", "{}"), "Buckets"))
        .extracting(b -> b.path("Name").asText())
        .containsExactly("a", "b");
    assertThat(aws.requests().get(1).target()).contains("continuation-token=t");
  }

  @Test
  void readsAnAnswerWithoutPages() {
    aws.thenAnswer(
        200,
        "<DescribeRegionsResponse><regionInfo><item><regionName>eu-west-1</regionName></item>"
            + "</regionInfo></DescribeRegionsResponse>");

    assertThat(readAll(call("ec2", "DescribeRegions", "eu-west-1", "{}"), "Regions")).hasSize(1);
  }

  @Test
  void stopsWhenAPageTokenRepeats() {
    aws.alwaysAnswer(200, groups("sg-1", "A"));

    assertThatThrownBy(() -> readAll(GROUPS, "SecurityGroups"))
        .isInstanceOf(AwsCallException.class)
        .hasMessageContaining("came twice");
    assertThat(aws.count()).isEqualTo(2);
  }

  @Test
  void failsWhenAnAnswerIsCutShortAndNamesNoNextPage() {
    aws.thenAnswer(200, users("alice", true, ""));

    assertThatThrownBy(() -> readAll(call("iam", "ListUsers", Target.GLOBAL, "{}"), "Users"))
        .isInstanceOf(AwsCallException.class)
        .hasMessageContaining("cut short");
  }

  @Test
  void refusesAListThatTheAnswerCannotHave() {
    assertThatThrownBy(() -> readAll(GROUPS, "Groups"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Groups");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://127.0.0.1", "http:///x", "127.0.0.1", "http://user:pw@127.0.0.1"})
  void refusesAnEndpointThatIsNone(String endpoint) {
    assertThatThrownBy(
            () ->
                new AwsConnection(Optional.of(URI.create(endpoint)), "eu-west-1", Optional.empty()))
        .isInstanceOf(ModelException.class)
        .hasMessageNotContaining("pw");
  }

  private List<JsonNode> readAll(ApiCall call, String member) {
    try (var clients = AwsClients.open(aws.connection(), ONCE)) {
      return clients.readOnly().readAll(call, member);
    }
  }

  private AwsCallException failure(ApiCall call, CallLimits limits) {
    try (var clients = AwsClients.open(aws.connection(), limits)) {
      return failure(clients, call);
    }
  }

  private static AwsCallException failureAt(URI endpoint, CallLimits limits) {
    var connection = new AwsConnection(Optional.of(endpoint), "eu-west-1", Optional.empty());
    try (var clients = AwsClients.open(connection, limits)) {
      return failure(clients, BLOCK);
    }
  }

  private static AwsCallException failure(AwsClients clients, ApiCall call) {
    AwsCallException e =
        catchThrowableOfType(AwsCallException.class, () -> clients.readOnly().read(call));
    assertThat(e).isNotNull();
    return e;
  }

  private static ApiCall call(String service, String operation, String region, String parameters) {
    return new ApiCall(service, operation, region, Json.parseObject(parameters));
  }

  private static String ec2Error(String code, String message) {
    return "<Response><Errors><Error><Code>"
        + code
        + "</Code><Message>"
        + message
        + "</Message></Error></Errors><RequestID>r</RequestID></Response>";
  }

  private static String groups(String id, String next) {
    return "<DescribeSecurityGroupsResponse><securityGroupInfo><item><groupId>"
        + id
        + "</groupId></item></securityGroupInfo><nextToken>"
        + next
        + "</nextToken></DescribeSecurityGroupsResponse>";
  }

  private static String users(String name, boolean truncated, String marker) {
    return "<ListUsersResponse><ListUsersResult><Users><member><UserName>"
        + name
        + "</UserName></member></Users><IsTruncated>"
        + truncated
        + "</IsTruncated><Marker>"
        + marker
        + "</Marker></ListUsersResult></ListUsersResponse>";
  }

  private static String buckets(String name, String token) {
    return "<ListAllMyBucketsResult><Buckets><Bucket><Name>"
        + name
        + "</Name></Bucket></Buckets>"
        + token
        + "</ListAllMyBucketsResult>";
  }
}
