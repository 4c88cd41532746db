package dev.cloudmend.configuration.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.model.Decision;
import dev.cloudmend.model.Decision.Mode;
import dev.cloudmend.model.Diagnosis.Confidence;
import dev.cloudmend.model.Diagnosis.Origin;
import dev.cloudmend.playbooks.PlaybookInfo.Tier;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GuardsTest {

  private static final String NAMES = "{\"playbook\": {\"id\": [\"s3-bucket-versioning\"]}}";

  private record Situation(
      Tier tier,
      Mode mode,
      Confidence confidence,
      boolean suggested,
      boolean glass,
      boolean named) {

    PolicyInput input() {
      return new PolicyInput(
          Inputs.bucket().finding(),
          Inputs.playbook(tier),
          suggested,
          Origin.CLAUDE,
          confidence,
          glass,
          false);
    }

    Decision decision() {
      return Policy.of(List.of(Inputs.rule("r", named ? NAMES : "{}", mode)))
          .decide(input(), true, "c");
    }
  }

  @Test
  void noSituationIsLooserThanItsRuleAndEachIsAsStrictAsItHasToBe() {
    List<Situation> all = situations().toList();

    assertThat(all).hasSize(3 * 4 * 3 * 2 * 2 * 2);
    assertThat(all)
        .allSatisfy(
            s -> {
              Decision decision = s.decision();
              Mode held = decision.mode();
              assertThat(held).isGreaterThanOrEqualTo(s.mode());
              assertThat(decision.notes().isEmpty()).isEqualTo(held == s.mode());
              if (held == Mode.automatic) {
                assertThat(s.confidence()).isNotEqualTo(Confidence.low);
                assertThat(s.suggested() || s.glass()).isFalse();
                assertThat(s.tier() == Tier.auto || (s.tier() == Tier.guided && s.named()))
                    .isTrue();
              }
              if (s.tier() == Tier.manual) {
                assertThat(held).isIn(Mode.manual, Mode.ignore);
              }
              if (s.mode() == Mode.automatic && s.tier() != Tier.manual) {
                assertThat(held).isIn(Mode.automatic, Mode.guided);
                assertThat(decision.notes()).hasSize(reasons(s));
              }
              if (s.mode() == Mode.guided && s.tier() != Tier.manual) {
                assertThat(held).isEqualTo(Mode.guided);
              }
            });
  }

  @Test
  void theBuiltInPolicyHasTheSameGuards() {
    assertThat(situations().filter(s -> s.mode() == Mode.automatic && !s.named()))
        .allSatisfy(
            s -> {
              Decision decision = Policy.BUILT_IN.decide(s.input(), true, "c");
              assertThat(decision.rule()).isEqualTo("built-in: tier " + s.tier());
              assertThat(decision.mode())
                  .isEqualTo(
                      s.tier() == Tier.manual
                          ? Mode.manual
                          : s.tier() == Tier.guided || reasons(s) > 0
                              ? Mode.guided
                              : Mode.automatic);
              assertThat(decision.notes()).hasSize(s.tier() == Tier.auto ? reasons(s) : 0);
            });
  }

  @Test
  void everyGuardSaysWhy() {
    assertThat(
            new Situation(Tier.guided, Mode.automatic, Confidence.low, true, true, false)
                .decision()
                .notes())
        .containsExactly(
            "rule 'r' says automatic; guided, because the confidence of the diagnosis is low",
            "rule 'r' says automatic; guided, because the playbook is only suggested",
            "rule 'r' says automatic; guided, because a break-glass principal made the change",
            "rule 'r' says automatic; guided, because playbook s3-bucket-versioning is of tier"
                + " guided and the rule does not name it in when.playbook.id");
    assertThat(
            new Situation(Tier.manual, Mode.guided, Confidence.low, false, false, true)
                .decision()
                .notes())
        .containsExactly(
            "rule 'r' says guided; manual, because playbook s3-bucket-versioning is of tier"
                + " manual");
  }

  @Test
  void aPlaybookIsNamedByItsVeryIdBesideTheAlternativesOnly() {
    assertThat(
            Stream.of(
                "{\"playbook\": {\"id\": [{\"prefix\": \"s3-\"}]}}",
                "{\"playbook\": {\"id\": [{\"anything-but\": \"iam-password-policy\"}]}}",
                "{\"playbook\": {\"id\": [{\"equals-ignore-case\": \"s3-bucket-versioning\"}]}}",
                "{\"$or\": [%s, {\"finding\": {\"source\": [\"vanta\"]}}]}".formatted(NAMES),
                "{\"playbook\": {\"$or\": [{\"id\": [\"s3-bucket-versioning\"]},"
                    + " {\"service\": [\"s3\"]}]}}"))
        .allSatisfy(
            when -> {
              Rule rule = Inputs.rule("r", when, Mode.automatic);
              var input =
                  new Situation(Tier.guided, Mode.automatic, Confidence.high, false, false, false)
                      .input();
              assertThat(rule.when().matches(input.document())).isTrue();
              assertThat(Policy.of(List.of(rule)).decide(input, true, "c").mode())
                  .isEqualTo(Mode.guided);
            });
  }

  private static int reasons(Situation s) {
    return (s.confidence() == Confidence.low ? 1 : 0)
        + (s.suggested() ? 1 : 0)
        + (s.glass() ? 1 : 0)
        + (s.tier() == Tier.guided && !s.named() ? 1 : 0);
  }

  private static Stream<Situation> situations() {
    return Stream.of(Tier.values())
        .flatMap(
            tier ->
                Stream.of(Mode.values())
                    .flatMap(
                        mode ->
                            Stream.of(Confidence.values())
                                .flatMap(
                                    confidence ->
                                        Stream.of(0, 1, 2, 3, 4, 5, 6, 7)
                                            .map(
                                                bits ->
                                                    new Situation(
                                                        tier,
                                                        mode,
                                                        confidence,
                                                        (bits & 1) > 0,
                                                        (bits & 2) > 0,
                                                        (bits & 4) > 0)))));
  }
}
