package dev.cloudmend.playbooks.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Assessment;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.Reversibility;
import dev.cloudmend.playbooks.Baselines;
import dev.cloudmend.playbooks.BucketEncryptionBaseline;
import dev.cloudmend.playbooks.PasswordBaseline;
import dev.cloudmend.playbooks.PlaybookInfo;
import dev.cloudmend.playbooks.fake.FakeAws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordPolicyTest {

  private static final String ROOT = "arn:aws:iam::111122223333:root";

  private final FakeAws aws = new FakeAws();
  private final PasswordPolicy playbook = new PasswordPolicy();

  @Test
  void plansTheDocumentedExample() {
    PlaybookInfo.Example example = playbook.info().example();
    aws.iam().passwordPolicy = example.before().deepCopy();

    Change change = violation(Baselines.DEFAULT);

    assertThat(change.before()).isEqualTo(example.before());
    assertThat(change.after()).isEqualTo(example.after());
    assertThat(change.apply()).containsExactly(update(example.after().deepCopy()));
    assertThat(change.undo()).containsExactly(update(example.before().deepCopy()));
    assertThat(change.reversibility()).isEqualTo(Reversibility.EXACT);
    assertThat(change.target().region()).isEqualTo("global");
  }

  @Test
  void givesAnAccountWithoutAPolicyTheBaselineAndUndoesItByDeletingIt() {
    Change change = violation(Baselines.DEFAULT);

    assertThat(change.before().isNull()).isTrue();
    assertThat(change.after())
        .isEqualTo(
            Json.parse(
                """
                {"MinimumPasswordLength": 14, "RequireSymbols": true, "RequireNumbers": true,
                 "RequireUppercaseCharacters": true, "RequireLowercaseCharacters": true,
                 "AllowUsersToChangePassword": true, "HardExpiry": false,
                 "PasswordReusePrevention": 24}"""));
    assertThat(change.undo())
        .containsExactly(
            new ApiCall("iam", "DeleteAccountPasswordPolicy", "global", Json.object()));
  }

  @Test
  void keepsWhatIsStricterThanTheBaseline() {
    aws.iam().passwordPolicy =
        policy("\"MinimumPasswordLength\": 20, \"MaxPasswordAge\": 30, \"HardExpiry\": true");

    assertThat(violation(Baselines.DEFAULT).after())
        .isEqualTo(
            policy(
                """
                "MinimumPasswordLength": 20, "MaxPasswordAge": 30, "HardExpiry": true,
                "RequireSymbols": true, "RequireNumbers": true,
                "RequireUppercaseCharacters": true, "RequireLowercaseCharacters": true,
                "PasswordReusePrevention": 24"""));
  }

  @Test
  void leavesItToTheAccountWhetherUsersChangeTheirPassword() {
    aws.iam().passwordPolicy = policy("\"AllowUsersToChangePassword\": false");

    assertThat(violation(Baselines.DEFAULT).after().path("AllowUsersToChangePassword").asBoolean())
        .isFalse();
  }

  @Test
  void readsNoExpiryAndNoReusePreventionAlsoFromZero() {
    aws.iam().passwordPolicy = policy("\"MaxPasswordAge\": 0, \"PasswordReusePrevention\": 0");

    Change change = violation(Baselines.DEFAULT);

    assertThat(change.before().has("MaxPasswordAge")).isFalse();
    assertThat(change.before().has("PasswordReusePrevention")).isFalse();
    assertThat(change.undo().getFirst().parameters().has("MaxPasswordAge")).isFalse();
  }

  @Test
  void isContentWithAPolicyThatMeetsTheBaseline() {
    aws.iam().passwordPolicy = playbook.info().example().after().deepCopy();

    assertThat(assess(ROOT, Baselines.DEFAULT)).isEqualTo(new Assessment.Compliant());
  }

  @Test
  void addsAnExpiryOnlyWhereTheBaselineAsksForOneAndSaysWhomItHits() {
    aws.iam().passwordPolicy = playbook.info().example().after().<ObjectNode>deepCopy();
    aws.iam().passwordPolicy.remove("MaxPasswordAge");
    assertThat(assess(ROOT, Baselines.DEFAULT)).isEqualTo(new Assessment.Compliant());

    Change change = violation(expiringAfter(60));

    assertThat(change.after().path("MaxPasswordAge").asInt()).isEqualTo(60);
    assertThat(change.warnings()).anyMatch(w -> w.contains("older than 60 days expire at once"));
  }

  @Test
  void isBlockedWhereASoonerExpiryWouldLockUsersOut() {
    aws.iam().passwordPolicy = policy("\"MaxPasswordAge\": 365, \"HardExpiry\": true");

    assertThat(assess(ROOT, expiringAfter(90)))
        .asInstanceOf(type(Assessment.Blocked.class))
        .extracting(Assessment.Blocked::reason)
        .asString()
        .contains("older than 90 days", "lock their users out");
  }

  @Test
  void isBlockedWhereAFirstPolicyWouldAskForLessThanTheDefaultOfAws() {
    var weak =
        new Baselines(
            new PasswordBaseline(16, null, false, true, true, false, null, true),
            BucketEncryptionBaseline.DEFAULT);

    assertThat(assess(ROOT, weak))
        .asInstanceOf(type(Assessment.Blocked.class))
        .extracting(Assessment.Blocked::reason)
        .asString()
        .contains("three of the four character types");
  }

  @Test
  void isContentWithTheDefaultOfAwsWhereTheBaselineAsksForNoMore() {
    var none =
        new Baselines(
            new PasswordBaseline(8, null, false, false, false, false, null, true),
            BucketEncryptionBaseline.DEFAULT);

    assertThat(assess(ROOT, none)).isEqualTo(new Assessment.Compliant());
  }

  @Test
  void neverGoesBelowTheLengthThatAwsAsksForByDefault() {
    var shorter =
        new Baselines(
            new PasswordBaseline(6, null, true, true, true, true, null, true),
            BucketEncryptionBaseline.DEFAULT);

    assertThat(violation(shorter).after().path("MinimumPasswordLength").asInt()).isEqualTo(8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:iam::111122223333:user/alice",
        "arn:aws:iam::999999999999:root",
        "arn:aws:s3:::shop"
      })
  void doesNotSpeakOfWhatIsNotTheAccount(String arn) {
    assertThat(assess(arn, Baselines.DEFAULT))
        .asInstanceOf(type(Assessment.NotApplicable.class))
        .extracting(Assessment.NotApplicable::reason)
        .asString()
        .contains(arn, "expected arn:aws:iam::111122223333:root");
    assertThat(aws.reads()).isEmpty();
  }

  @Test
  void refusesAnAnswerWithoutALength() {
    aws.iam().passwordPolicy = Json.object();

    assertThatThrownBy(() -> assess(ROOT, Baselines.DEFAULT))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("MinimumPasswordLength");
  }

  private static Baselines expiringAfter(int days) {
    return new Baselines(
        new PasswordBaseline(14, 24, true, true, true, true, days, true),
        BucketEncryptionBaseline.DEFAULT);
  }

  /** A weak policy but for what is given. */
  private static ObjectNode policy(String members) {
    ObjectNode policy =
        Json.parseObject(
            """
            {"MinimumPasswordLength": 8, "RequireSymbols": false, "RequireNumbers": false,
             "RequireUppercaseCharacters": false, "RequireLowercaseCharacters": false,
             "AllowUsersToChangePassword": true, "HardExpiry": false}""");
    policy.setAll(Json.parseObject("{" + members + "}"));
    return policy;
  }

  private Assessment assess(String arn, Baselines baselines) {
    return playbook.assess(
        new ResourceRef(Arn.parse(arn), FakeAws.ACCOUNT, "us-east-1"), baselines, aws);
  }

  private Change violation(Baselines baselines) {
    return assertThat(assess(ROOT, baselines))
        .asInstanceOf(type(Assessment.Violating.class))
        .actual()
        .change();
  }

  private static ApiCall update(ObjectNode fields) {
    return new ApiCall("iam", "UpdateAccountPasswordPolicy", "global", fields);
  }
}
