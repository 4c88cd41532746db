package dev.cloudmend.assessor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.aws.AwsCallException;
import dev.cloudmend.aws.AwsCallException.Kind;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.function.TryAgainException;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.model.Severity;
import dev.cloudmend.playbooks.PlaybookDiagnosis;
import dev.cloudmend.testing.functions.AdvancingClock;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.SampleIncidents;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Names that only the live account can tell the meaning of. */
class MeaningTest {

  private static final String USER_ID = "AIDAQIH5ITKXHQEXAMPLE";
  private static final String ACCOUNT_ARN = "arn:aws:iam::123456789012:";
  private static final String ANA = ACCOUNT_ARN + "user/staff/ana";
  private static final String OWN_RULE_NAME = "team-rule-7";

  @RegisterExtension final FreshStore tables = new FreshStore();
  private final Desk desk = new Desk(tables);

  @ParameterizedTest
  @CsvSource({
    "AIDAQIH5ITKXHQEXAMPLE, user, ListUsers, Users, User",
    "AROAQIH5ITKXHQEXAMPLE, role, ListRoles, Roles, Role",
    "AGPAQIH5ITKXHQEXAMPLE, group, ListGroups, Groups, Group",
    "ANPAQIH5ITKXHQEXAMPLE, policy, ListPolicies, Policies, Policy"
  })
  void aUniqueIdIsReplacedByTheArnOfWhatHasIt(
      String id, String kind, String operation, String list, String member) {
    String arn = ACCOUNT_ARN + kind + "/path/real";
    desk.answers =
        call -> {
          assertThat(call.operation()).isEqualTo(operation);
          ObjectNode answer = listed(list, member, "AIDAOTHEROTHEROTHER", "other", arn + "-other");
          return withOne(answer, list, member, id, "real", arn);
        };

    IncidentState state = assess(unmatched("evt-1", ACCOUNT_ARN + kind + "/" + id, id));

    Finding stored = desk.record(state).incident().finding();
    assertThat(Objects.requireNonNull(stored.resource()).arn()).isEqualTo(Arn.parse(arn));
    assertThat(stored.facts().path("uniqueId").asText()).isEqualTo(id);
    assertThat(Objects.requireNonNull(state.findingClaim()).path("targetKey").asText())
        .contains(arn);
  }

  @Test
  void theSameUserByIdAndByNameIsOneClaim() {
    desk.answers = call -> listed("Users", "User", USER_ID, "ana", ANA);
    assess(unmatched("evt-1", ACCOUNT_ARN + "user/" + USER_ID, USER_ID));

    assertThat(assess(unmatched("evt-2", ANA, null)).outcome()).isEqualTo(Outcome.DUPLICATE);
  }

  @Test
  void theListIsReadToItsEnd() {
    desk.answers =
        call ->
            call.parameters().has("Marker")
                ? listed("Users", "User", USER_ID, "ana", ANA)
                : listed("Users", "User", "AIDAOTHEROTHEROTHER", "bob", ANA + "-bob")
                    .put("IsTruncated", true)
                    .put("Marker", "next");

    IncidentState state = assess(unmatched("evt-1", ACCOUNT_ARN + "user/" + USER_ID, USER_ID));

    assertThat(desk.read).containsExactly("iam:ListUsers", "iam:ListUsers");
    assertThat(Objects.requireNonNull(desk.record(state).incident().finding().resource()).arn())
        .isEqualTo(Arn.parse(ANA));
  }

  @Test
  void aListWithoutAnEndIsGivenUp() {
    desk.answers = call -> Json.object().put("IsTruncated", true).put("Marker", "again");

    IncidentState state = assess(unmatched("evt-1", ACCOUNT_ARN + "user/" + USER_ID, USER_ID));

    assertThat(state.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(state.reason()).contains("100 pages");
  }

  @Test
  void anIdThatNothingHasIsNotFound() {
    desk.answers = call -> listed("Users", "User", "AIDAOTHEROTHEROTHER", "bob", ANA);

    IncidentState state = assess(unmatched("evt-1", ACCOUNT_ARN + "user/" + USER_ID, USER_ID));

    assertThat(state.outcome()).isEqualTo(Outcome.RESOURCE_NOT_FOUND);
    assertThat(state.reason()).contains(USER_ID).contains("account 123456789012");
  }

  @Test
  void anIdThatIsAnothersNameMeansNeither() {
    desk.answers =
        call ->
            withOne(
                listed("Users", "User", USER_ID, "ana", ANA),
                "Users",
                "User",
                "AIDAOTHEROTHEROTHER",
                USER_ID,
                ACCOUNT_ARN + "user/" + USER_ID);

    IncidentState state = assess(unmatched("evt-1", ACCOUNT_ARN + "user/" + USER_ID, USER_ID));

    assertThat(state.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(state.reason()).contains(ANA).contains("nobody knows");
    assertThat(state.findingClaim()).isNull();
  }

  @Test
  void whatCannotBeListedEndsAsOtherReads() {
    desk.answers = failing(Kind.ACCESS_DENIED);
    Incident incident = unmatched("evt-1", ACCOUNT_ARN + "user/" + USER_ID, USER_ID);
    assertThat(assess(incident).outcome()).isEqualTo(Outcome.FAILED);

    desk.answers = failing(Kind.THROTTLED);
    IncidentState opened = desk.open(incident);
    assertThatThrownBy(() -> desk.assessor().assess(opened))
        .isExactlyInstanceOf(TryAgainException.class);
  }

  @Test
  void namesAndOtherServicesAreNotLookedUp() {
    assess(unmatched("evt-1", ANA, null));
    assess(unmatched("evt-2", ACCOUNT_ARN + "role/" + USER_ID, USER_ID));
    assess(unmatched("evt-3", ACCOUNT_ARN + "user/resolved", USER_ID));

    assertThat(desk.read).isEmpty();
  }

  @Test
  void aRuleOfAChosenNameIsAnsweredByThePlaybookOfTheRuleBehindIt() {
    desk.rules =
        (region, name) ->
            region.equals("us-east-1") && name.equals(OWN_RULE_NAME)
                ? Optional.of("S3_BUCKET_VERSIONING")
                : Optional.empty();

    IncidentState state = assess(ofRule("evt-1", null));

    assertThat(state.playbook()).isEqualTo(Desk.ID);
    assertThat(state.hasSuggestedPlaybook()).isFalse();
    assertThat(state.hash()).isEqualTo(desk.playbook.change("Suspended").hash());
    Incident stored = desk.record(state).incident();
    assertThat(stored.playbook()).isEqualTo(Desk.ID);
    assertThat(stored.finding().facts().path("sourceIdentifier").asText())
        .isEqualTo("S3_BUCKET_VERSIONING");
  }

  @Test
  void itIsTheSameFailureAsThatOfOtherSources() {
    desk.rules = (region, name) -> Optional.of("S3_BUCKET_VERSIONING");
    IncidentState first = desk.assessor().assess(desk.open(Desk.incident("evt-1")));

    IncidentState second = assess(ofRule("evt-2", null));

    assertThat(second.outcome()).isEqualTo(Outcome.DUPLICATE);
    assertThat(Objects.requireNonNull(desk.record(second).link()).incidentId())
        .isEqualTo(first.incidentId());
  }

  @Test
  void theRuleIsAskedForInItsOwnRegion() {
    var regions = new ArrayList<String>();
    desk.rules =
        (region, name) -> {
          regions.add(region);
          return Optional.empty();
        };

    assess(ofRule("evt-1", "arn:aws:config:eu-west-1:123456789012:config-rule/config-rule-x"));
    assess(ofRule("evt-2", "arn:aws:config:eu-west-1:999999999999:config-rule/config-rule-x"));
    assess(ofRule("evt-3", "no ARN"));

    assertThat(regions).containsExactly("eu-west-1", "us-east-1", "us-east-1");
  }

  @Test
  void aRuleOfSomebodysOwnStaysUnmatched() {
    IncidentState state = assess(ofRule("evt-1", null));

    assertThat(state.playbook()).isNull();
    assertThat(state.findingClaim()).isNotNull();
  }

  @Test
  void aRuleThatCannotBeReadStaysUnmatchedAndTheReasonSaysSo() {
    desk.rules =
        (region, name) -> {
          throw new AwsCallException(Kind.ACCESS_DENIED, "AccessDenied", ruleCall(region), "no");
        };

    IncidentState state = assess(ofRule("evt-1", null));

    assertThat(state.outcome()).isNull();
    assertThat(state.findingClaim()).isNotNull();
    Finding stored = desk.record(state).incident().finding();
    assertThat(PlaybookDiagnosis.noPlaybook(stored))
        .contains("'" + OWN_RULE_NAME + "'")
        .contains("could not be read: config:DescribeConfigRules: AccessDenied");
    assertThat(PlaybookDiagnosis.ofUnmatched(stored).rootCause())
        .startsWith("No playbook answers")
        .contains("AccessDenied");
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"THROTTLED", "UNREACHABLE"})
  void aRuleThatMayBeReadLaterIsTriedAgain(Kind kind) {
    desk.rules =
        (region, name) -> {
          throw new AwsCallException(kind, kind.name(), ruleCall(region), "later");
        };
    IncidentState opened = desk.open(ofRule("evt-1", null));

    assertThatThrownBy(() -> desk.assessor().assess(opened))
        .isExactlyInstanceOf(TryAgainException.class);
  }

  @Test
  void anotherSourcesRulesAreNotAskedFor() {
    desk.rules =
        (region, name) -> {
          throw new AssertionError("asked for " + name);
        };
    Incident config = ofRule("evt-1", null);
    Finding finding = config.finding();
    ObjectNode facts = finding.facts().deepCopy().put(PlaybookDiagnosis.RULE_NOT_READ, "a lie");

    IncidentState state =
        assess(incident("evt-1", finding("evt-1", "vanta", finding.resource(), facts)));

    assertThat(PlaybookDiagnosis.noPlaybook(desk.record(state).incident().finding()))
        .doesNotContain("a lie");
  }

  private IncidentState assess(Incident incident) {
    return desk.assessor().assess(desk.open(incident));
  }

  private static Incident unmatched(String eventId, String arn, @Nullable String uniqueId) {
    ObjectNode facts = Json.object();
    if (uniqueId != null) {
      facts.put("uniqueId", uniqueId);
    }
    var resource = new ResourceRef(Arn.parse(arn), SampleIncidents.ACCOUNT, "us-east-1");
    return incident(eventId, finding(eventId, "securityhub", resource, facts));
  }

  private static Incident ofRule(String eventId, @Nullable String ruleArn) {
    ObjectNode facts = Json.object().put("configRuleName", OWN_RULE_NAME);
    if (ruleArn != null) {
      facts.put("configRuleARN", ruleArn);
    }
    var resource =
        new ResourceRef(SampleIncidents.BUCKET, SampleIncidents.ACCOUNT, SampleIncidents.REGION);
    return incident(eventId, finding(eventId, "config", resource, facts));
  }

  private static Incident incident(String eventId, Finding finding) {
    return new Incident(
        Incident.idOf(eventId, String.valueOf(finding.resource()), "none"),
        null,
        finding,
        null,
        null,
        RunOptions.NONE,
        List.of());
  }

  private static Finding finding(
      String eventId, String source, @Nullable ResourceRef resource, ObjectNode facts) {
    return new Finding(
        eventId,
        source,
        OWN_RULE_NAME,
        "It fails",
        Severity.UNKNOWN,
        List.of(),
        resource,
        AdvancingClock.START,
        null,
        facts);
  }

  private static Function<ApiCall, ObjectNode> failing(Kind kind) {
    return call -> {
      throw new AwsCallException(kind, kind.name(), call, "no");
    };
  }

  private static ApiCall ruleCall(String region) {
    return new ApiCall("config", "DescribeConfigRules", region, Json.object());
  }

  private static ObjectNode listed(String list, String member, String id, String name, String arn) {
    return withOne(Json.object().put("IsTruncated", false), list, member, id, name, arn);
  }

  private static ObjectNode withOne(
      ObjectNode answer, String list, String member, String id, String name, String arn) {
    answer
        .withArrayProperty(list)
        .addObject()
        .put(member + "Id", id)
        .put(member + "Name", name)
        .put("Arn", arn);
    return answer;
  }
}
