package dev.cloudmend.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cloudmend.aws.AwsCallException.Kind;
import dev.cloudmend.aws.FakeAws.Request;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent, and with which credentials, for the own account, members and others. */
class MemberAccountsTest {

  private static final String OWN = "111111111111";
  private static final String MEMBER = "222222222222";
  private static final String OTHER = "333333333333";
  private static final String SECRET_ID = "only-for-member-two";
  private static final CallLimits ONCE =
      new CallLimits(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(5), 1);

  private static final ApiCall BLOCK =
      call("s3", "GetPublicAccessBlock", "eu-west-1", "{\"Bucket\": \"b\"}");
  private static final ApiCall GROUPS = call("ec2", "DescribeSecurityGroups", "eu-north-1", "{}");
  private static final ApiCall VERSIONING =
      call(
          "s3",
          "PutBucketVersioning",
          "eu-west-1",
          "{\"Bucket\": \"b\", \"VersioningConfiguration\": {\"Status\": \"Enabled\"}}");

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
  void theOwnAccountIsReadWithTheOwnCredentialsAndNoRole() {
    aws.thenAnswer(200, identity(OWN)).alwaysAnswer(200, groups());

    try (var clients = readOnly(members(MEMBER))) {
      assertThat(clients.reader(OWN).callerAccount()).isEqualTo(OWN);
      clients.reader(OWN).read(GROUPS);
    }

    assertThat(actions()).containsExactly("GetCallerIdentity", "DescribeSecurityGroups");
    assertThat(aws.requests()).noneMatch(r -> r.authorization().contains("ROLEKEY"));
  }

  @Test
  void aMemberIsReadThroughItsRoleInEveryRegion() {
    aws.thenAnswer(200, identity(OWN))
        .thenAnswer(200, role(MEMBER, Instant.now().plusSeconds(3600)))
        .alwaysAnswer(200, groups());

    try (var clients = readOnly(members(MEMBER))) {
      clients.reader(MEMBER).read(GROUPS);
      clients.reader(MEMBER).read(call("ec2", "DescribeSecurityGroups", "us-west-2", "{}"));
    }

    assertThat(actions())
        .containsExactly(
            "GetCallerIdentity", "AssumeRole", "DescribeSecurityGroups", "DescribeSecurityGroups");
    assertThat(aws.requests().get(1).body())
        .contains("RoleArn=arn%3Aaws%3Aiam%3A%3A222222222222%3Arole%2Fguard-member-read")
        .contains("ExternalId=" + SECRET_ID)
        .contains("RoleSessionName=cloudmend-assessor");
    assertThat(aws.requests().get(2).authorization()).contains("ROLEKEY").contains("/eu-north-1/");
    assertThat(aws.requests().get(3).authorization()).contains("ROLEKEY").contains("/us-west-2/");
  }

  @Test
  void theRolesArnIsOfThePartitionOfTheRegion() {
    assertThat(
            List.of("eu-west-1", "cn-north-1", "us-gov-east-1").stream()
                .map(region -> members(MEMBER).roleArn(MEMBER, MemberAccounts.Role.WRITE, region)))
        .containsExactly(
            "arn:aws:iam::222222222222:role/guard-member-write",
            "arn:aws-cn:iam::222222222222:role/guard-member-write",
            "arn:aws-us-gov:iam::222222222222:role/guard-member-write");
  }

  @Test
  void theGuardHoldsInAMemberTooAndRefusesBeforeAnythingIsSent() {
    aws.thenAnswer(200, identity(OWN))
        .thenAnswer(200, role(MEMBER, Instant.now().plusSeconds(3600)));

    try (var clients = readOnly(members(MEMBER))) {
      assertThatThrownBy(() -> clients.reader(MEMBER).read(VERSIONING))
          .isInstanceOfSatisfying(
              AwsCallException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED));
    }
    assertThat(actions()).containsExactly("GetCallerIdentity", "AssumeRole");
  }

  @Test
  void aMemberIsWrittenThroughTheRoleToWriteAndReadThroughTheRoleToRead() {
    aws.thenAnswer(200, identity(OWN))
        .thenAnswer(200, role(MEMBER, Instant.now().plusSeconds(3600)))
        .thenAnswer(200, identity(MEMBER))
        .thenAnswer(200, "")
        .thenAnswer(200, role(MEMBER, Instant.now().plusSeconds(3600)));

    try (var clients = WritingClients.open(aws.connection(), ONCE, members(MEMBER))) {
      clients.writer(MEMBER).write(VERSIONING);
      clients.reader(MEMBER).read(BLOCK);
    }

    assertThat(actions())
        .containsExactly(
            "GetCallerIdentity",
            "AssumeRole",
            "GetCallerIdentity",
            "PUT /b?versioning",
            "AssumeRole",
            "GET /b?publicAccessBlock");
    assertThat(aws.requests().get(1).body()).contains("guard-member-write");
    assertThat(aws.requests().get(3).authorization()).contains("ROLEKEY");
    assertThat(aws.requests().get(4).body()).contains("guard-member-read");
  }

  @Test
  void aWriteRoleThatLeadsElsewhereWritesNothing() {
    aws.thenAnswer(200, identity(OWN))
        .thenAnswer(200, role(MEMBER, Instant.now().plusSeconds(3600)))
        .thenAnswer(200, identity(OTHER));

    try (var clients = WritingClients.open(aws.connection(), ONCE, members(MEMBER))) {
      assertThatThrownBy(() -> clients.writer(MEMBER))
          .isInstanceOf(AccountException.class)
          .hasMessageContaining("led to account " + OTHER);
    }
    assertThat(aws.count()).isEqualTo(3);
  }

  @Test
  void aRoleOfAnotherAccountThanAskedForIsNotUsed() {
    aws.thenAnswer(200, identity(OWN))
        .thenAnswer(200, role(OTHER, Instant.now().plusSeconds(3600)));

    assertThat(refusedRead(members(MEMBER), MEMBER))
        .hasMessageContaining("led to account " + OTHER);
    assertThat(actions()).containsExactly("GetCallerIdentity", "AssumeRole");
  }

  @Test
  void anAccountThatIsNoMemberIsNotTouched() {
    aws.alwaysAnswer(200, identity(OWN));

    AccountException e = refusedRead(members(MEMBER), OTHER);

    assertThat(e)
        .hasMessageContaining("credentials are of account " + OWN)
        .hasMessageContaining("of account " + OTHER + ", which is no member account")
        .hasMessageContaining("member_accounts");
    assertThat(e.isPassing()).isFalse();
    assertThat(actions()).containsExactly("GetCallerIdentity");
  }

  @Test
  void aMemberWithoutAnExternalIdIsNotAskedForItsRole() {
    aws.alwaysAnswer(200, identity(OWN));
    var members =
        new MemberAccounts(Set.of(MEMBER), "guard", account -> Optional.empty(), "cloudmend");

    assertThat(refusedRead(members, MEMBER))
        .hasMessageContaining("no external id")
        .hasMessageContaining("arn:aws:iam::222222222222:role/guard-member-read")
        .hasMessageContaining("cloudmend.external-ids");
    assertThat(actions()).containsExactly("GetCallerIdentity");
  }

  @Test
  void externalIdsThatCannotBeReadAreAClearOutcomeOrTriedAgain() {
    aws.alwaysAnswer(200, identity(OWN));
    ApiCall get = call("secretsmanager", "GetSecretValue", "eu-west-1", "{}");
    assertThat(
            refusedRead(
                failing(new AwsCallException(Kind.ACCESS_DENIED, "AccessDenied", get, "no")),
                MEMBER))
        .hasMessageContaining("secretsmanager:GetSecretValue: AccessDenied");

    var later = new AwsCallException(Kind.THROTTLED, "Throttled", get, "later");
    assertThat(failedRead(failing(later), MEMBER)).isSameAs(later);
    assertThat(actions()).containsOnly("GetCallerIdentity");
  }

  @ParameterizedTest
  @CsvSource({"403, AccessDenied", "400, ValidationError", "404, NoSuchEntity"})
  void aRoleThatIsRefusedIsAClearOutcomeWithoutTheExternalId(int status, String code) {
    aws.thenAnswer(200, identity(OWN))
        .thenAnswer(status, error(code, "Value '" + SECRET_ID + "' at 'externalId' is not valid"));

    AccountException e = refusedRead(members(MEMBER), MEMBER);

    assertThat(e)
        .hasMessageContaining("account 222222222222 cannot be reached")
        .hasMessageContaining("arn:aws:iam::222222222222:role/guard-member-read")
        .hasMessageContaining("(" + code + ")")
        .hasMessageContaining("nothing was tried there");
    assertThat(e).hasNoCause().hasMessageNotContaining(SECRET_ID);
    assertThat(actions()).containsExactly("GetCallerIdentity", "AssumeRole");
  }

  @ParameterizedTest
  @CsvSource({"400, Throttling, THROTTLED", "503, ServiceUnavailable, UNREACHABLE"})
  void anStsThatDoesNotAnswerNowMayBeAskedLater(int status, String code, Kind kind) {
    aws.thenAnswer(200, identity(OWN)).thenAnswer(status, error(code, SECRET_ID));

    AwsCallException e = failedRead(members(MEMBER), MEMBER);

    assertThat(e.isPassing()).isTrue();
    assertThat(e.kind()).isEqualTo(kind);
    assertThat(e).hasNoCause().hasMessageNotContaining(SECRET_ID);
    assertThat(actions()).containsExactly("GetCallerIdentity", "AssumeRole");
  }

  @Test
  void anIncompleteAnswerIsNoRole() {
    aws.thenAnswer(200, identity(OWN)).thenAnswer(200, "<AssumeRoleResponse/>");

    assertThat(refusedRead(members(MEMBER), MEMBER)).hasMessageContaining("is incomplete");
    assertThat(aws.count()).isEqualTo(2);
  }

  @Test
  void theRoleIsTakenAgainBeforeItsCredentialsEnd() {
    aws.thenAnswer(200, identity(OWN))
        .thenAnswer(200, role(MEMBER, Instant.now().plus(Duration.ofMinutes(4))))
        .thenAnswer(200, role(MEMBER, Instant.now().plus(Duration.ofMinutes(40))))
        .alwaysAnswer(200, groups());

    try (var clients = readOnly(members(MEMBER))) {
      AwsReader reader = clients.reader(MEMBER);
      reader.read(GROUPS);
      reader.read(GROUPS);
    }
    assertThat(actions())
        .containsExactly(
            "GetCallerIdentity",
            "AssumeRole",
            "AssumeRole",
            "DescribeSecurityGroups",
            "DescribeSecurityGroups");
  }

  @Test
  void aRoleThatIsLostInTheMiddleOfACallIsTheSameOutcome() {
    aws.thenAnswer(200, identity(OWN))
        .thenAnswer(200, role(MEMBER, Instant.now().plus(Duration.ofMinutes(4))))
        .thenAnswer(403, error("AccessDenied", "no"));

    assertThat(refusedRead(members(MEMBER), MEMBER)).hasMessageContaining("could not be taken");
    assertThat(actions()).containsExactly("GetCallerIdentity", "AssumeRole", "AssumeRole");
  }

  @Test
  void theClientsThatTakeRolesCanDoNothingElse() {
    var guard = ReadOnlyGuard.allowingOnly(Map.of("sts", Set.of("AssumeRole")));
    try (var clients = new ClientFactory(aws.connection(), ONCE, Optional.of(guard))) {
      assertThatThrownBy(() -> new Caller(clients).call(VERSIONING))
          .isInstanceOfSatisfying(
              AwsCallException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED));
    }
    assertThat(aws.count()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1234", "abcdefghijkl", "1111 1111 1111", ""})
  void anAccountThatIsNoneIsRefused(String account) {
    assertThatThrownBy(() -> members(account))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("twelve digits");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "a:b", "*"})
  void aPrefixThatWouldNameAnotherRoleIsRefused(String prefix) {
    assertThatThrownBy(
            () -> new MemberAccounts(Set.of(), prefix, account -> Optional.empty(), "session"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("prefix of the member roles");
  }

  private AccountException refusedRead(MemberAccounts members, String account) {
    AwsCallException e = failedRead(members, account);
    assertThat(e).isInstanceOf(AccountException.class);
    return (AccountException) e;
  }

  private AwsCallException failedRead(MemberAccounts members, String account) {
    try (var clients = readOnly(members)) {
      return failure(() -> clients.reader(account).read(GROUPS));
    }
  }

  private static AwsCallException failure(ThrowingCallable call) {
    AwsCallException e = catchThrowableOfType(AwsCallException.class, call);
    assertThat(e).isNotNull();
    return e;
  }

  private AwsClients readOnly(MemberAccounts members) {
    return AwsClients.open(aws.connection(), ONCE, members);
  }

  private static MemberAccounts members(String account) {
    return new MemberAccounts(
        Set.of(account), "guard", asked -> Optional.of(SECRET_ID), "cloudmend-assessor");
  }

  private static MemberAccounts failing(AwsCallException e) {
    return new MemberAccounts(
        Set.of(MEMBER),
        "guard",
        account -> {
          throw e;
        },
        "cloudmend");
  }

  /** The actions of the query protocol, and method and target of S3's calls. */
  private List<String> actions() {
    return aws.requests().stream().map(MemberAccountsTest::action).toList();
  }

  private static String action(Request request) {
    String prefix = "Action=";
    return request.body().startsWith(prefix)
        ? request.body().substring(prefix.length(), request.body().indexOf('&'))
        : request.method() + " " + request.target();
  }

  private static ApiCall call(String service, String operation, String region, String parameters) {
    return new ApiCall(service, operation, region, Json.parseObject(parameters));
  }

  private static String identity(String account) {
    return """
        <GetCallerIdentityResponse><GetCallerIdentityResult><Account>%s</Account>
        </GetCallerIdentityResult></GetCallerIdentityResponse>
        """
        .formatted(account);
  }

  private static String role(String account, Instant expires) {
    return """
        <AssumeRoleResponse><AssumeRoleResult>
          <Credentials><AccessKeyId>ROLEKEY</AccessKeyId><SecretAccessKey>s</SecretAccessKey>
            <SessionToken>t</SessionToken><Expiration>%s</Expiration></Credentials>
          <AssumedRoleUser><AssumedRoleId>A:x</AssumedRoleId>
            <Arn>arn:aws:sts::%s:assumed-role/guard-member-read/x</Arn></AssumedRoleUser>
        </AssumeRoleResult></AssumeRoleResponse>
        """
        .formatted(expires, account);
  }

  private static String groups() {
    return "<DescribeSecurityGroupsResponse><securityGroupInfo/></DescribeSecurityGroupsResponse>";
  }

  private static String error(String code, String message) {
    return "<ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error></ErrorResponse>"
        .formatted(code, message);
  }
}
