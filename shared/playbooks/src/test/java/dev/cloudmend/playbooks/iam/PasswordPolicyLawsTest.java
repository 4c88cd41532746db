package dev.cloudmend.playbooks.iam;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Assessment;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.playbooks.Baselines;
import dev.cloudmend.playbooks.BucketEncryptionBaseline;
import dev.cloudmend.playbooks.PasswordBaseline;
import dev.cloudmend.playbooks.fake.FakeAws;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PasswordPolicyLawsTest {

  private static final List<String> REQUIREMENTS =
      List.of(
          "RequireSymbols",
          "RequireNumbers",
          "RequireUppercaseCharacters",
          "RequireLowercaseCharacters");
  private static final ResourceRef RESOURCE =
      new ResourceRef(Arn.ofAccount("aws", FakeAws.ACCOUNT), FakeAws.ACCOUNT, "us-east-1");

  private final PasswordPolicy playbook = new PasswordPolicy();

  @Property(tries = 500)
  void noFieldEverGetsWeaker(
      @ForAll("policies") ObjectNode policy, @ForAll("baselines") Baselines baselines) {
    var aws = new FakeAws();
    aws.iam().passwordPolicy = policy;

    if (playbook.assess(RESOURCE, baselines, aws) instanceof Assessment.Violating(Change change)) {
      JsonNode before = change.before();
      JsonNode after = change.after();
      assertThat(after.path("MinimumPasswordLength").asInt())
          .isGreaterThanOrEqualTo(before.path("MinimumPasswordLength").asInt());
      assertThat(after.path("PasswordReusePrevention").asInt())
          .isGreaterThanOrEqualTo(before.path("PasswordReusePrevention").asInt());
      assertThat(after.path("MaxPasswordAge").asInt(Integer.MAX_VALUE))
          .isLessThanOrEqualTo(before.path("MaxPasswordAge").asInt(Integer.MAX_VALUE));
      assertThat(REQUIREMENTS)
          .allMatch(r -> after.path(r).asBoolean() || !before.path(r).asBoolean());
      assertThat(List.of("AllowUsersToChangePassword", "HardExpiry"))
          .allMatch(f -> after.path(f).equals(before.path(f)));
    }
  }

  @Property(tries = 500)
  void everyCallNamesEveryFieldThatWouldBeResetOtherwise(
      @ForAll("policies") ObjectNode policy, @ForAll("baselines") Baselines baselines) {
    var aws = new FakeAws();
    aws.iam().passwordPolicy = policy;

    if (playbook.assess(RESOURCE, baselines, aws) instanceof Assessment.Violating(Change change)) {
      assertThat(change.apply().getFirst().parameters()).isEqualTo(change.after());
      assertThat(change.undo().getFirst().parameters()).isEqualTo(policy);
    }
  }

  @Property(tries = 500)
  void appliedItMeetsTheBaselineAndUndoneItIsAsBefore(
      @ForAll("policies") ObjectNode policy, @ForAll("baselines") Baselines baselines) {
    var aws = new FakeAws();
    aws.iam().passwordPolicy = policy.deepCopy();

    if (playbook.assess(RESOURCE, baselines, aws) instanceof Assessment.Violating(Change change)) {
      aws.make(change);
      assertThat(playbook.observe(change, aws)).isEqualTo(change.after());
      assertThat(playbook.assess(RESOURCE, baselines, aws)).isEqualTo(new Assessment.Compliant());

      assertThat(playbook.undo(change, aws))
          .isInstanceOfSatisfying(Assessment.Violating.class, undo -> aws.make(undo.change()));
      assertThat(aws.iam().passwordPolicy).isEqualTo(policy);
      assertThat(playbook.observe(change, aws)).isEqualTo(change.before());
    }
  }

  @Provide
  Arbitrary<ObjectNode> policies() {
    return Combinators.combine(
            Arbitraries.integers().between(6, 128),
            Arbitraries.of(true, false).list().ofSize(6),
            Arbitraries.integers().between(1, 1095).injectNull(0.4),
            Arbitraries.integers().between(1, 24).injectNull(0.4))
        .as(
            (length, flags, age, reuse) -> {
              ObjectNode policy = Json.object().put("MinimumPasswordLength", length);
              for (int i = 0; i < REQUIREMENTS.size(); i++) {
                policy.put(REQUIREMENTS.get(i), flags.get(i));
              }
              policy.put("AllowUsersToChangePassword", flags.get(4));
              policy.put("HardExpiry", flags.get(5));
              if (age != null) {
                policy.put("MaxPasswordAge", age);
              }
              if (reuse != null) {
                policy.put("PasswordReusePrevention", reuse);
              }
              return policy;
            });
  }

  @Provide
  Arbitrary<Baselines> baselines() {
    return Combinators.combine(
            Arbitraries.integers().between(6, 128),
            Arbitraries.integers().between(1, 24).injectNull(0.4),
            Arbitraries.of(true, false).list().ofSize(5),
            Arbitraries.integers().between(1, 1095).injectNull(0.4))
        .as(
            (length, reuse, flags, age) ->
                new Baselines(
                    new PasswordBaseline(
                        length,
                        reuse,
                        flags.get(0),
                        flags.get(1),
                        flags.get(2),
                        flags.get(3),
                        age,
                        flags.get(4)),
                    BucketEncryptionBaseline.DEFAULT));
  }
}
