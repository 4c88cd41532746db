package dev.cloudmend.playbooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import java.util.List;
import org.junit.jupiter.api.Test;

class BaselinesTest {

  private static final String KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab";

  @Test
  void takesTheDefaultForAllThatIsLeftOut() {
    assertThat(read("{}")).isEqualTo(Baselines.DEFAULT);
    assertThat(read("{\"passwordPolicy\": {}}")).isEqualTo(Baselines.DEFAULT);
  }

  @Test
  void asksForFourteenCharactersOfAllTypesAndNoExpiryByDefault() {
    assertThat(Baselines.DEFAULT.passwordPolicy())
        .isEqualTo(new PasswordBaseline(14, 24, true, true, true, true, null, true));
  }

  @Test
  void readsWhatIsConfigured() {
    assertThat(
            read(
                """
                {"passwordPolicy": {"minimumPasswordLength": 16, "passwordReusePrevention": null,
                 "requireSymbols": false, "maxPasswordAge": 90}}"""))
        .isEqualTo(
            new Baselines(
                new PasswordBaseline(16, null, false, true, true, true, 90, true),
                BucketEncryptionBaseline.DEFAULT));
  }

  @Test
  void comesBackAsItWasWritten() {
    var baselines =
        new Baselines(
            new PasswordBaseline(20, null, true, false, true, false, null, false),
            new BucketEncryptionBaseline(List.of(Arn.parse(KEY))));

    assertThat(Json.fromTree(Json.toTree(baselines), Baselines.class)).isEqualTo(baselines);
  }

  @Test
  void namesEveryProblemAtOnce() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    {"passwords": 1, "passwordPolicy": {"minimumPasswordLength": 5,
                     "maxPasswordAge": 1096, "passwordReusePrevention": "many",
                     "requireNumbers": "yes", "length": 12}}"""))
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll(
            "/passwords: not known; expected one of bucketEncryption, passwordPolicy",
            "/passwordPolicy/length: not known",
            "/passwordPolicy/minimumPasswordLength: expected a whole number from 6 to 128, found 5",
            "/passwordPolicy/maxPasswordAge: expected a whole number from 1 to 1095, found 1096",
            "/passwordPolicy/passwordReusePrevention: expected a whole number from 1 to 24, found"
                + " \"many\"",
            "/passwordPolicy/requireNumbers: expected true or false, found \"yes\"");
  }

  @Test
  void asksForNoKeyByDefault() {
    assertThat(Baselines.DEFAULT.bucketEncryption().requiresKms()).isFalse();
    assertThat(read("{\"bucketEncryption\": {}}")).isEqualTo(Baselines.DEFAULT);
    assertThat(read("{\"bucketEncryption\": {\"kmsKeyArns\": []}}")).isEqualTo(Baselines.DEFAULT);
  }

  @Test
  void readsTheKeysInTheirOrder() {
    String other = KEY.replace("eu-west-1", "us-east-1");

    BucketEncryptionBaseline read =
        read("{\"bucketEncryption\": {\"kmsKeyArns\": [\"" + other + "\", \"" + KEY + "\"]}}")
            .bucketEncryption();

    assertThat(read.requiresKms()).isTrue();
    assertThat(read.kmsKeyArns()).containsExactly(Arn.parse(other), Arn.parse(KEY));
  }

  @Test
  void namesEveryKeyThatIsNone() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    {"bucketEncryption": {"kmsKeys": [], "kmsKeyArns": ["alias/mine", 7,
                     "arn:aws:kms:eu-west-1:111122223333:alias/mine",
                     "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab",
                     "arn:aws:kms::111122223333:key/1234abcd-12ab",
                     "arn:aws:s3:::shop"]}}"""))
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll(
            "/bucketEncryption/kmsKeys: not known; expected one of kmsKeyArns",
            "/bucketEncryption/kmsKeyArns/0: expected arn:aws:kms:region:account:key/id, found"
                + " \"alias/mine\"",
            "/bucketEncryption/kmsKeyArns/1: expected",
            "/bucketEncryption/kmsKeyArns/2: expected",
            "/bucketEncryption/kmsKeyArns/4: expected",
            "/bucketEncryption/kmsKeyArns/5: expected")
        .message()
        .doesNotContain("kmsKeyArns/3");
    assertThatThrownBy(() -> read("{\"bucketEncryption\": {\"kmsKeyArns\": {}}}"))
        .hasMessageContaining("/bucketEncryption/kmsKeyArns: expected a list");
    assertThatThrownBy(() -> read("{\"bucketEncryption\": []}"))
        .hasMessageContaining("/bucketEncryption: expected an object");
    assertThatThrownBy(() -> new BucketEncryptionBaseline(List.of(Arn.parse("arn:aws:s3:::shop"))))
        .isInstanceOf(ModelException.class);
  }

  @Test
  void refusesWhatIsNoObject() {
    assertThatThrownBy(() -> read("[]")).hasMessageContaining("expected an object");
    assertThatThrownBy(() -> read("{\"passwordPolicy\": 14}"))
        .hasMessageContaining("/passwordPolicy: expected an object");
  }

  @Test
  void refusesToLetTheLengthBeTakenAway() {
    assertThatThrownBy(() -> read("{\"passwordPolicy\": {\"minimumPasswordLength\": null}}"))
        .hasMessageContaining("/passwordPolicy/minimumPasswordLength: expected a whole number");
  }

  @Test
  void refusesImpossibleValuesAlsoInCode() {
    assertThatThrownBy(() -> new PasswordBaseline(14, 25, true, true, true, true, null, true))
        .isInstanceOf(ModelException.class)
        .hasMessage("passwordReusePrevention is 25; expected 1 to 24");
  }

  private static Baselines read(String json) {
    return Json.fromTree(Json.parse(json), Baselines.class);
  }
}
