package dev.cloudmend.playbooks.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.aws.ApiCallCodec;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Assessment;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.Reversibility;
import dev.cloudmend.playbooks.Baselines;
import dev.cloudmend.playbooks.BucketEncryptionBaseline;
import dev.cloudmend.playbooks.PasswordBaseline;
import dev.cloudmend.playbooks.PlaybookInfo;
import dev.cloudmend.playbooks.fake.FakeAws;
import dev.cloudmend.playbooks.fake.FakeS3;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BucketDefaultEncryptionTest {

  private static final String KEY =
      "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
  private static final String FOREIGN = KEY.replace("111122223333", "444455556666");
  private static final String AES256 =
      """
      {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}""";

  private final FakeAws aws = new FakeAws();
  private final FakeS3.Bucket bucket = aws.s3().bucket("shop");
  private final BucketDefaultEncryption playbook = new BucketDefaultEncryption();

  @Test
  void plansTheDocumentedExample() {
    PlaybookInfo.Example example = playbook.info().example();
    bucket.encryption = rules(example.before());

    Change change = violation(KEY);

    assertThat(change.before()).isEqualTo(example.before());
    assertThat(change.after()).isEqualTo(example.after());
    assertThat(change.apply()).containsExactly(put(example.after()));
    assertThat(change.undo()).containsExactly(put(example.before()));
    assertThat(change.reversibility()).isEqualTo(Reversibility.EXACT);
    assertThat(change.apply()).allSatisfy(ApiCallCodec::check);
    assertThat(change.undo()).allSatisfy(ApiCallCodec::check);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void isContentWithWhatS3DoesByItselfWhereNoKeyIsAskedFor(boolean told) {
    bucket.tellsDefaultEncryption = told;

    assertThat(assess()).isEqualTo(new Assessment.Compliant());
  }

  @ParameterizedTest
  @CsvSource({"aws:kms, true", "aws:kms:dsse, true", "aws:kms, false"})
  void isContentWithAnyKeyOfKms(String algorithm, boolean named) {
    ObjectNode rule = Json.object();
    rule.putObject("ApplyServerSideEncryptionByDefault").put("SSEAlgorithm", algorithm);
    if (named) {
      rule.withObject("/ApplyServerSideEncryptionByDefault").put("KMSMasterKeyID", "alias/other");
    }
    bucket.encryption = rules(rule);

    assertThat(assess(KEY)).isEqualTo(new Assessment.Compliant());
    assertThat(assess()).isEqualTo(new Assessment.Compliant());
  }

  @Test
  void countsNoSettingAsAes256AndDeletesItsOwnAgain() {
    Change change = violation(KEY);

    assertThat(change.before().at("/ApplyServerSideEncryptionByDefault/SSEAlgorithm").asText())
        .isEqualTo("AES256");
    assertThat(change.undo()).containsExactly(call("DeleteBucketEncryption", null));
    aws.make(change);
    aws.make(undo(change));
    assertThat(bucket.encryption).isNull();
    assertThat(playbook.observe(change, aws)).isEqualTo(change.stateAfterUndo());
  }

  @Test
  void isUndoneWhetherOrNotS3TellsItsDefaultAfterwards() {
    Change change = violation(KEY);
    aws.make(change);
    aws.make(undo(change));
    bucket.tellsDefaultEncryption = true;

    assertThat(playbook.observe(change, aws)).isEqualTo(change.stateAfterUndo());
    assertThat(playbook.undo(change, aws)).isEqualTo(new Assessment.Compliant());
  }

  @Test
  void takesARuleThatOnlyRefusesWaysOfEncryptingAsAes256AndKeepsIt() {
    ObjectNode rule =
        Json.parseObject("{\"BlockedEncryptionTypes\": {\"EncryptionType\": [\"SSE-C\"]}}");
    bucket.encryption = rules(rule);

    Change change = violation(KEY);
    aws.make(change);

    assertThat(bucket.encryption)
        .isEqualTo(
            rules(
                Json.parse(
                    """
                    {"BlockedEncryptionTypes": {"EncryptionType": ["SSE-C"]},
                     "ApplyServerSideEncryptionByDefault":
                      {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": "%s"},
                     "BucketKeyEnabled": true}"""
                        .formatted(KEY))));
    aws.make(undo(change));
    assertThat(bucket.encryption).isEqualTo(rules(rule));
  }

  @Test
  void verifiesItsOwnPartWhateverS3TellsBesideIt() {
    bucket.encryption = rules(Json.parse(AES256));
    Change change = violation(KEY);
    aws.make(change);
    refuseCustomerKeys();

    assertThat(playbook.observe(change, aws)).isEqualTo(change.after());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void undoKeepsWhatOthersHadRefusedSince(boolean told) {
    bucket.encryption = told ? rules(Json.parse(AES256)) : null;
    Change change = violation(KEY);
    aws.make(change);
    refuseCustomerKeys();

    Change undo = undo(change);
    aws.make(undo);

    assertThat(bucket.encryption)
        .isEqualTo(
            rules(
                Json.parse(
                    """
                    {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"},
                     "BlockedEncryptionTypes": {"EncryptionType": ["SSE-C"]}}""")));
    assertThat(playbook.observe(undo, aws)).isEqualTo(undo.after());
    assertThat(playbook.undo(change, aws)).isEqualTo(new Assessment.Compliant());
  }

  @Test
  void doesNotUndoOverAnotherKey() {
    Change change = violation(KEY);
    aws.make(change);
    bucket.encryption =
        Json.parseObject(String.valueOf(bucket.encryption).replace("1234abcd", "9999abcd"));

    assertThat(playbook.undo(change, aws))
        .asInstanceOf(type(Assessment.Blocked.class))
        .extracting(Assessment.Blocked::reason)
        .asString()
        .contains("/ApplyServerSideEncryptionByDefault/KMSMasterKeyID expected", "9999abcd");
  }

  @Test
  void takesTheKeyOfTheBucketsAccountBeforeAnyOther() {
    String second = KEY.replace("1234abcd", "5678abcd");

    assertThat(key(violation(FOREIGN, KEY, second))).isEqualTo(KEY);
    assertThat(key(violation(second, KEY))).isEqualTo(second);
  }

  @Test
  void takesTheKeyOfAnotherAccountAndSaysSo() {
    Change change = violation(FOREIGN);

    assertThat(key(change)).isEqualTo(FOREIGN);
    assertThat(change.warnings())
        .contains("The key is of account 444455556666, the bucket of 111122223333.");
    assertThat(violation(KEY).warnings())
        .noneMatch(w -> w.startsWith("The key is of account"))
        .anyMatch(w -> w.contains("kms:Decrypt on " + KEY))
        .anyMatch(w -> w.contains("cost"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:kms:eu-west-1:111122223333:key/1234abcd",
        "arn:aws-cn:kms:us-east-1:111122223333:key/1234abcd"
      })
  void isBlockedWithoutAKeyForTheRegionAndNamesIt(String key) {
    assertThat(assess(key))
        .asInstanceOf(type(Assessment.Blocked.class))
        .extracting(Assessment.Blocked::reason)
        .asString()
        .contains("no KMS key is configured for region us-east-1 (aws)", "shop")
        .contains(Arn.parse(key).region() + " (" + Arn.parse(key).partition() + ")");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"Rules\": []} | has 0 encryption rules",
        "{\"Rules\": [{}, {}]} | has 2 encryption rules",
        "{\"Rules\": [{}], \"More\": 1} | unknown member 'More'",
        "{\"Rules\": [{\"New\": 1}]} | unknown member 'New'",
        "{\"Rules\": [{\"ApplyServerSideEncryptionByDefault\": {\"SSEAlgorithm\": \"AES256\", \"X\": 1}}]} | unknown member 'X'",
        "{\"Rules\": [{\"BlockedEncryptionTypes\": {\"Y\": 1}}]} | unknown member 'Y'",
        "{\"Rules\": [{\"ApplyServerSideEncryptionByDefault\": {\"SSEAlgorithm\": \"aws:fsx\"}}]} | encrypts with aws:fsx"
      })
  void isBlockedByARuleThatItWouldNotKeepWhole(String configuration, String reason) {
    Change change = violation(KEY);
    bucket.encryption = Json.parseObject(configuration);

    assertThat(assess(KEY))
        .asInstanceOf(type(Assessment.Blocked.class))
        .extracting(Assessment.Blocked::reason)
        .asString()
        .startsWith("bucket shop ")
        .contains(reason);
    assertThat(playbook.observe(change, aws).path("unreadable").asText()).contains(reason);
    assertThat(playbook.undo(change, aws)).isInstanceOf(Assessment.Blocked.class);
  }

  private void refuseCustomerKeys() {
    Objects.requireNonNull(bucket.encryption)
        .withObject("/Rules/0/BlockedEncryptionTypes")
        .putArray("EncryptionType")
        .add("SSE-C");
  }

  private static ObjectNode rules(JsonNode rule) {
    ObjectNode configuration = Json.object();
    configuration.putArray("Rules").add(rule);
    return configuration;
  }

  private static String key(Change change) {
    return change.after().at("/ApplyServerSideEncryptionByDefault/KMSMasterKeyID").asText();
  }

  private Assessment assess(String... keys) {
    return playbook.assess(
        new ResourceRef(Arn.parse("arn:aws:s3:::shop"), FakeAws.ACCOUNT, "us-east-1"),
        new Baselines(
            PasswordBaseline.DEFAULT,
            new BucketEncryptionBaseline(Arrays.stream(keys).map(Arn::parse).toList())),
        aws);
  }

  private Change violation(String... keys) {
    return assertThat(assess(keys))
        .asInstanceOf(type(Assessment.Violating.class))
        .actual()
        .change();
  }

  private Change undo(Change change) {
    return assertThat(playbook.undo(change, aws))
        .asInstanceOf(type(Assessment.Violating.class))
        .actual()
        .change();
  }

  private static ApiCall put(JsonNode rule) {
    return call("PutBucketEncryption", rules(rule));
  }

  private static ApiCall call(String operation, @Nullable ObjectNode configuration) {
    ObjectNode parameters =
        Json.object().put("Bucket", "shop").put("ExpectedBucketOwner", FakeAws.ACCOUNT);
    if (configuration != null) {
      parameters.set("ServerSideEncryptionConfiguration", configuration);
    }
    return new ApiCall("s3", operation, "us-east-1", parameters);
  }
}
