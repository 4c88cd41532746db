package dev.cloudmend.configuration.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudmend.configuration.policy.Explanation.PassedOver;
import dev.cloudmend.model.Decision;
import dev.cloudmend.model.Decision.Mode;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Finding.Actor;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.model.Severity;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {

  private static final String PROD =
      "{\"finding\": {\"severity\": [\"CRITICAL\", \"HIGH\"]}, \"resource\": {\"account\":"
          + " [\"111122223333\"]}}";

  @Test
  void theFirstRuleThatMatchesDecides() {
    Policy policy =
        Policy.of(
            List.of(
                Inputs.rule("other", "{\"finding\": {\"source\": [\"config\"]}}", Mode.ignore),
                Inputs.rule("prod", PROD, Mode.manual),
                Inputs.rule("all", "{}", Mode.automatic)));

    assertThat(policy.decide(Inputs.bucket(), true, "sha256:1"))
        .isEqualTo(
            new Decision(Mode.manual, false, "prod", List.of("live"), List.of(), "sha256:1"));
  }

  @ParameterizedTest
  @CsvSource({"false, false, true", "false, true, true", "true, false, false", "true, true, true"})
  void aRunIsLiveOnlyWhereSwitchAndRuleSaySo(boolean live, boolean dryRun, boolean dry) {
    var rule = new Rule("r", 1, EventPattern.ALWAYS, Mode.guided, Optional.empty(), dryRun);

    assertThat(Policy.of(List.of(rule)).decide(Inputs.bucket(), live, "c").dryRun()).isEqualTo(dry);
    assertThat(Policy.BUILT_IN.decide(Inputs.bucket(), live, "c").dryRun()).isEqualTo(!live);
  }

  @Test
  void aFixGoesToTheSourceTooWhereARepositoryMayHoldItAndNoRuleSaysOtherwise() {
    Policy unsaid = Policy.of(List.of(Inputs.rule("r", "{}", Mode.guided)));

    for (Policy policy : List.of(Policy.BUILT_IN, unsaid)) {
      assertThat(policy.decide(Inputs.bucket(), true, "c").channels()).containsExactly("live");
      assertThat(policy.decide(Inputs.mapped(), true, "c").channels())
          .containsExactly("live", "pull_request");
      assertThat(policy.explain(Inputs.mapped(), true, "c").decision().channels())
          .containsExactly("live", "pull_request");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"live", "pull_request"})
  void theChannelsThatARuleSaysHoldWhetherARepositoryMayHoldTheSourceOrNot(String channel) {
    Policy policy =
        Policy.of(
            List.of(
                new Rule(
                    "r",
                    1,
                    EventPattern.ALWAYS,
                    Mode.guided,
                    Optional.of(List.of(channel)),
                    false)));

    assertThat(policy.decide(Inputs.bucket(), true, "c").channels()).containsExactly(channel);
    assertThat(policy.decide(Inputs.mapped(), true, "c").channels()).containsExactly(channel);
  }

  @Test
  void theChannelsThatARuleSaysAreInItsTreeAndThoseThatItDoesNotSayAreNot() {
    var said =
        new Rule(
            "r",
            1,
            EventPattern.ALWAYS,
            Mode.guided,
            Optional.of(List.of("pull_request", "live")),
            false);

    assertThat(said.tree())
        .isEqualTo(
            Json.parseObject(
                """
                {"name": "r", "mode": "guided", "dryRun": false, "when": {},
                 "channels": ["live", "pull_request"]}"""));
    assertThat(Inputs.rule("r", "{}", Mode.guided).tree().has("channels")).isFalse();
  }

  @Test
  void explainsWhatOfEveryEarlierRuleDidNotMatch() {
    Policy policy =
        Policy.of(
            List.of(
                new Rule(
                    "a",
                    3,
                    EventPattern.of(
                        Json.parseObject(
                            """
                            {"finding": {"severity": ["LOW"], "source": ["vanta"],
                                         "frameworks": ["HIPAA"]},
                             "resource": {"account": ["999988887777"]}}""")),
                    Mode.guided,
                    Optional.empty(),
                    false),
                new Rule(
                    "b",
                    9,
                    EventPattern.of(
                        Json.parseObject(
                            """
                            {"$or": [{"finding": {"severity": ["LOW"]}},
                                     {"resource": {"name": [{"prefix": "x"}]}}],
                             "finding": {"actor": {"breakGlass": [true]}},
                             "playbook": {"$or": [{"id": ["a"]}, {"tier": ["manual"]}]}}""")),
                    Mode.guided,
                    Optional.empty(),
                    false)));
    Finding finding =
        Inputs.finding(Severity.HIGH, "arn:aws:s3:::logs", "111122223333", null, "vanta");

    Explanation explained = policy.explain(Inputs.of(finding), false, "c");

    assertThat(explained.decision().rule()).isEqualTo("built-in: tier auto");
    assertThat(explained.passedOver())
        .containsExactly(
            new PassedOver(
                "a",
                3,
                List.of(
                    "finding.severity is \"HIGH\"; asked for [\"LOW\"]",
                    "finding.frameworks is [\"SOC 2\",\"PCI DSS\"]; asked for [\"HIPAA\"]",
                    "resource.account is \"111122223333\"; asked for [\"999988887777\"]")),
            new PassedOver(
                "b",
                9,
                List.of(
                    "no alternative of $or matches; asked for"
                        + " [{\"finding\":{\"severity\":[\"LOW\"]}},"
                        + "{\"resource\":{\"name\":[{\"prefix\":\"x\"}]}}]",
                    "finding.actor.breakGlass is absent; asked for [true]",
                    "no alternative of playbook.$or matches; asked for"
                        + " [{\"id\":[\"a\"]},{\"tier\":[\"manual\"]}]")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0000\n\r\t\u001b[31m",
        "\u202e\u2066gnp",
        "\"]}, \"mode\": \"automatic\"",
        "\ud800",
        "😀",
        "",
        "10.0.0.1/99",
        "$or",
        "1e400"
      })
  void hostileTextsOfEventsMatchAsTheTextsThatTheyAre(String hostile) {
    assertThat(holds("{\"finding\": {\"source\": [\"vanta\"]}}", hostile)).isFalse();
    assertThat(holds("{\"finding\": {\"source\": [{\"anything-but\": [\"vanta\"]}]}}", hostile))
        .isTrue();
    assertThat(holds("{\"finding\": {\"source\": [{\"prefix\": \"vanta\"}]}}", hostile)).isFalse();
    assertThat(holds("{\"finding\": {\"source\": [{\"wildcard\": \"*van*ta\"}]}}", hostile))
        .isFalse();
    assertThat(
            holds(
                "{\"finding\": {\"actor\": {\"sourceAddress\": [{\"cidr\":"
                    + " \"192.168.0.0/16\"}]}}}",
                hostile))
        .isFalse();
    assertThat(holds(PROD, hostile)).isTrue();
  }

  @Test
  void longTextsOfEventsMatchAndAreShownShort() {
    String longText = "a\u001b".repeat(5_000);

    assertThat(holds("{\"finding\": {\"source\": [{\"suffix\": \"\\u001b\"}]}}", longText))
        .isTrue();
    assertThat(
            Policy.of(
                    List.of(
                        Inputs.rule("r", "{\"finding\": {\"source\": [\"vanta\"]}}", Mode.guided)))
                .explain(hostile(longText), true, "c")
                .passedOver()
                .getFirst()
                .reasons())
        .allSatisfy(r -> assertThat(r).hasSizeLessThan(1_000).doesNotContain("\u001b"));
  }

  @Test
  void whatCannotBeMatchedDecidesNothing() {
    var pattern =
        new EventPattern(
            Json.object(),
            document -> {
              throw new IllegalStateException("x\u001b".repeat(1_000));
            });
    Policy policy =
        Policy.of(
            List.of(
                new Rule("broken", 1, pattern, Mode.ignore, Optional.empty(), false),
                Inputs.rule("all", "{}", Mode.automatic)));

    assertThatThrownBy(() -> policy.decide(Inputs.bucket(), true, "c"))
        .isInstanceOf(PolicyException.class)
        .hasMessageStartingWith(
            "rule 'broken' could not be matched, so nothing is decided: java.lang.")
        .message()
        .hasSizeLessThan(2_500)
        .doesNotContain("\u001b");
  }

  @Test
  void aPatternThatEventBridgeRefusesIsRefused() {
    assertThatThrownBy(() -> Inputs.rule("r", "{\"finding\": {\"check\": []}}", Mode.guided))
        .isInstanceOf(ModelException.class)
        .hasMessage("Empty arrays are not allowed");
  }

  private static boolean holds(String when, String hostile) {
    return EventPattern.of(Json.parseObject(when)).matches(hostile(hostile).document());
  }

  private static PolicyInput hostile(String text) {
    return Inputs.of(
        Inputs.finding(
            Severity.HIGH,
            "arn:aws:s3:::logs",
            "111122223333",
            new Actor(text, text, text, text, text),
            text));
  }
}
