package dev.cloudmend.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cloudmend.aws.AwsCallException.Kind;
import dev.cloudmend.aws.FakeAws.Request;
import dev.cloudmend.model.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignedConfigRulesTest {

  private static final String OWN = "111111111111";
  private static final String MEMBER = "222222222222";
  private static final String NAME = "team-rule-7";
  private static final CallLimits ONCE =
      new CallLimits(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(5), 1);

  private FakeAws aws;

  @BeforeEach
  void start() throws IOException {
    aws = new FakeAws();
    aws.thenAnswer(200, identity());
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void aRuleIsAskedForByItsNameInItsRegion() {
    aws.thenAnswer(200, rule(NAME, "AWS", "S3_BUCKET_VERSIONING_ENABLED"));

    assertThat(ask(OWN)).contains("S3_BUCKET_VERSIONING_ENABLED");
    Request sent = aws.requests().getLast();
    assertThat(sent.operation()).isEqualTo("StarlingDoveService.DescribeConfigRules");
    assertThat(Json.parse(sent.body()))
        .isEqualTo(Json.parse("{\"ConfigRuleNames\": [\"team-rule-7\"]}"));
    assertThat(sent.authorization()).contains("/eu-north-1/config/aws4_request");
  }

  @Test
  void aMembersRuleIsReadWithItsRoleToRead() {
    aws.thenAnswer(200, role()).thenAnswer(200, rule(NAME, "AWS", "RESTRICTED_SSH"));

    assertThat(ask(MEMBER)).contains("RESTRICTED_SSH");
    assertThat(aws.requests().getLast().authorization()).contains("Credential=ROLEKEY/");
  }

  @Test
  void anAccountThatIsNoMemberIsNotAsked() {
    assertThat(failure("333333333333")).isInstanceOf(AccountException.class);
    assertThat(aws.requests()).noneMatch(r -> r.operation() != null);
  }

  @ParameterizedTest
  @CsvSource({
    "team-rule-7, CUSTOM_LAMBDA, S3_BUCKET_VERSIONING_ENABLED",
    "team-rule-7, CUSTOM_POLICY, S3_BUCKET_VERSIONING_ENABLED",
    "another-rule, AWS, S3_BUCKET_VERSIONING_ENABLED",
    "team-rule-7, AWS, ' '"
  })
  void whatIsNoManagedRuleOfThatNameIsNone(String name, String owner, String identifier) {
    aws.thenAnswer(200, rule(name, owner, identifier));

    assertThat(ask(OWN)).isEmpty();
  }

  @Test
  void aRuleThatIsGoneIsNone() {
    aws.thenAnswer(400, "{\"__type\": \"NoSuchConfigRuleException\", \"message\": \"gone\"}");

    assertThat(ask(OWN)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "400, AccessDeniedException, ACCESS_DENIED",
    "400, com.amazonaws.config#AccessDeniedException, ACCESS_DENIED",
    "400, ThrottlingException, THROTTLED",
    "400, InvalidParameterValueException, SERVICE",
    "500, InternalFailure, UNREACHABLE"
  })
  void whatTheServiceSaysIsTold(int status, String type, Kind kind) {
    aws.thenAnswer(status, "{\"__type\": \"%s\", \"Message\": \"it says why\"}".formatted(type));

    AwsCallException e = failure(OWN);

    assertThat(e.kind()).isEqualTo(kind);
    assertThat(e.code()).isEqualTo(type.substring(type.indexOf('#') + 1));
    assertThat(e).hasMessageContaining("config:DescribeConfigRules").hasMessageContaining("why");
    assertThat(aws.count()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "[]"})
  void anAnswerThatCannotBeReadIsAnError(String body) {
    aws.thenAnswer(200, body);

    assertThat(failure(OWN).code()).isEqualTo("IncompleteAnswer");
  }

  @Test
  void anErrorWithoutWordsIsToldByItsStatus() {
    aws.thenAnswer(503, "");

    assertThat(failure(OWN).kind()).isEqualTo(Kind.UNREACHABLE);
  }

  @Test
  void noAnswerMayPass() {
    try (var clients = clients()) {
      assertThat(clients.reader(OWN).callerAccount()).isEqualTo(OWN);
      aws.close();

      AwsCallException e =
          catchThrowableOfType(
              AwsCallException.class,
              () -> clients.configRules().managedRule(OWN, "eu-north-1", NAME));
      assertThat(e.isPassing()).isTrue();
    }
  }

  private Optional<String> ask(String account) {
    try (var clients = clients()) {
      return clients.configRules().managedRule(account, "eu-north-1", NAME);
    }
  }

  private AwsCallException failure(String account) {
    AwsCallException e = catchThrowableOfType(AwsCallException.class, () -> ask(account));
    assertThat(e).isNotNull();
    return e;
  }

  private AwsClients clients() {
    return AwsClients.open(
        aws.connection(),
        ONCE,
        new MemberAccounts(Set.of(MEMBER), "guard", account -> Optional.of("id-1"), "cloudmend"));
  }

  private static String rule(String name, String owner, String identifier) {
    var answer = Json.object();
    var rule = answer.putArray("ConfigRules").addObject().put("ConfigRuleName", name);
    rule.putObject("Source").put("Owner", owner).put("SourceIdentifier", identifier);
    return Json.write(answer);
  }

  private static String identity() {
    return """
        <GetCallerIdentityResponse><GetCallerIdentityResult><Account>111111111111</Account>
        </GetCallerIdentityResult></GetCallerIdentityResponse>
        """;
  }

  private static String role() {
    return """
        <AssumeRoleResponse><AssumeRoleResult>
          <Credentials><AccessKeyId>ROLEKEY</AccessKeyId><SecretAccessKey>s</SecretAccessKey>
            <SessionToken>t</SessionToken><Expiration>%s</Expiration></Credentials>
          <AssumedRoleUser><AssumedRoleId>A:x</AssumedRoleId>
            <Arn>arn:aws:sts::222222222222:assumed-role/guard-member-read/x</Arn></AssumedRoleUser>
        </AssumeRoleResult></AssumeRoleResponse>
        """
        .formatted(Instant.now().plus(Duration.ofHours(1)));
  }
}
