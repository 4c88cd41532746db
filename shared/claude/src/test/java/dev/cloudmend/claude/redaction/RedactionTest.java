package dev.cloudmend.claude.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "the account 428571428571 and 4285-7142-8571 | the account ACCOUNT_1 and ACCOUNT_2",
        "arn:aws:iam::428571428571:user/team/zoe did it, says zoe"
            + " | arn:aws:iam::ACCOUNT_1:user/team/PRINCIPAL_1 did it, says PRINCIPAL_1",
        "arn:aws:sts::428571428571:assumed-role/Admin/zoe@fab.example."
            + " | arn:aws:sts::ACCOUNT_1:assumed-role/PRINCIPAL_1/PRINCIPAL_2.",
        "AROAQ3EGWKTZ7NR5XDLM:zoe | PRINCIPAL_1:PRINCIPAL_2",
        "arn:aws:iam::428571428571:root | arn:aws:iam::ACCOUNT_1:root",
        "mail zoe@fab.example, please | mail EMAIL_1, please",
        "from 198.51.100.7/32 to 10.1.2.3:22 | from IP_1/32 to PRIVATE_ADDRESS_1:22",
        "0.0.0.0/0, ::/0 and 10.0.0.0/8 | 0.0.0.0/0, ::/0 and 10.0.0.0/8",
        "host ip-10-1-2-3 and v6:2001:db8::1: | host ip-PRIVATE_ADDRESS_1 and vIP_1:",
        "AWS::EC2::VPC at 10:00:00, aa:bb:cc:dd:ee:ff"
            + " | AWS::EC2::VPC at 10:00:00, aa:bb:cc:dd:ee:ff",
        "s3://fab-logs/x in fab-logs | s3://BUCKET_1/x in BUCKET_1",
        "fab.logs.s3.eu-west-1.amazonaws.com | BUCKET_1.s3.eu-west-1.amazonaws.com",
        "db1.fab.internal on s3.amazonaws.com, see policy.json"
            + " | HOST_1 on s3.amazonaws.com, see policy.json",
        "password=hunter2222 token: expired | password=SECRET_1 token: expired",
        "https://me:pa55w@x.example/ | https://me:SECRET_1/",
        "sg-0123456789abcdef0 vpce-0a1b2c3d4e5f67890 | sg-0123456789abcdef0 vpce-0a1b2c3d4e5f67890",
        "key/7f0f4c2e-1a2b-4c3d-8e9f-0123456789ab | key/7f0f4c2e-1a2b-4c3d-8e9f-0123456789ab",
        "key/mrk-1234abcd12ab34cd56ef1234567890ab | key/mrk-1234abcd12ab34cd56ef1234567890ab",
        "AmazonEC2ContainerRegistryReadOnly DeleteBucketPublicAccessBlock"
            + " | AmazonEC2ContainerRegistryReadOnly DeleteBucketPublicAccessBlock",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 | SECRET_1",
        "id 428571428571 or ACCOUNT_1 | id ACCOUNT_1 or TEXT_1",
      })
  void placeholdersSayWhatStoodThere(String text, String expected) {
    assertThat(redaction().redact(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n-----END RSA PRIVATE KEY-----",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dBjftJeZ4CVPmB92K27uhbUJU1p1r",
        "xoxb-123456789-abcdefghij",
        "sk_live_4eC39HqLyjWDarjtT1zdp7dc",
        "glpat-xYz123AbCdEfGhIjKlMn",
        "AIzaSyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY",
        "9tSrke72PouQMnMXa7eZSW0jkFMBWYq1",
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "k3j5h6g7f8d9s0a1q2w3e4r5t6y7u8i9",
      })
  void secretsOfManyFormsAreNeitherSentNorPutBack(String secret) {
    Redaction redaction = redaction();
    String redacted = redaction.redact("before " + secret + " after");
    assertThat(redacted).isEqualTo("before SECRET_1 after");
    assertThat(redaction.restore(redacted)).isEqualTo("before SECRET_1 after");
  }

  @Test
  void ofAPrivateKeyThatWasCutOffNothingIsLeft() {
    assertThat(redaction().redact("key: -----BEGIN PRIVATE KEY-----\nMIIEpAIBA AKC… (cut)"))
        .isEqualTo("key: SECRET_1");
  }

  @Property(tries = 500)
  void whatWasRedactedComesBackExactly(@ForAll("texts") String text) {
    comesBack(text);
  }

  @Property(tries = 500)
  void anyTextComesBackExactly(@ForAll String text) {
    comesBack(text);
  }

  private static void comesBack(String text) {
    Redaction redaction = redaction();
    String redacted = redaction.redact(text);
    // What is glued together by chance may look random, and then does not come back.
    Assume.that(!redacted.contains("SECRET_"));
    assertThat(redaction.restore(redacted)).isEqualTo(text);
  }

  @Property(tries = 500)
  void noPlantedValueLeaksWhateverStandsAroundIt(@ForAll("plantedTexts") String text) {
    ObjectNode event = Json.object().put("text", text).put("userName", Planted.USER);
    event.put("roleSessionName", Planted.SESSION).put("bucketName", Planted.BUCKET);
    Redaction redaction = redaction();
    redaction.learn(event);
    assertThat(redaction.redact(event).toString())
        .doesNotContainIgnoringCase(Planted.ALL.toArray(String[]::new));
  }

  @Property(tries = 300)
  void theSameTextIsRedactedTheSameAndNothingIsLeftToFind(@ForAll("plantedTexts") String text) {
    Redaction redaction = redaction();
    String once = redaction.redact(text);
    assertThat(redaction.redact(text)).isEqualTo(once);
    assertThat(redaction().redact(text)).isEqualTo(once);
    // What is redacted again holds nothing but placeholders, which only the first one made.
    String twice = redaction.redact(once);
    assertThat(redaction.restore(twice)).isEqualTo(once);
  }

  @Test
  void anEventCannotHaveAnotherValuePutInPlaceOfItsText() {
    Redaction redaction = redaction();
    String redacted = redaction.redact("428571428571 says ACCOUNT_1, XACCOUNT_11 and TEXT_1");
    assertThat(redacted)
        .isEqualTo("ACCOUNT_1 says TEXT_1, XTEXT_2 and TEXT_1".replace("and TEXT_1", "and TEXT_3"));
    assertThat(redaction.restore(redacted))
        .isEqualTo("428571428571 says ACCOUNT_1, XACCOUNT_11 and TEXT_1");
    assertThat(redaction.restore("ACCOUNT_9")).isEqualTo("ACCOUNT_9");
  }

  @Test
  void anAddressThatANameHidIsFoundWhenTheNameIsGone() {
    ObjectNode event =
        Json.object().put("userName", "00!!!!!!").put("t", "at 198.51.100.700!!!!!!");
    Redaction redaction = redaction();
    redaction.learn(event);
    assertThat(redaction.redact(event).path("t").textValue()).isEqualTo("at IP_1");
    assertThat(redaction.restore("at IP_1")).isEqualTo("at 198.51.100.700!!!!!!");
  }

  @Test
  void aDigitAfterANameDoesNotMakeAnotherPlaceholderOfIt() {
    Redaction redaction = redaction();
    String text = "arn:aws:iam::428571428571:user/wilhelmina and wilhelmina2";
    String redacted = redaction.redact(text);
    assertThat(redacted).endsWith("PRINCIPAL_1 and PRINCIPAL_2");
    assertThat(redaction.restore(redacted)).isEqualTo(text);
  }

  @Test
  void aNameThatIsAWordOfTheDataDoesNotTakeTheDataApart() {
    ObjectNode event = Json.object().put("userName", "Allow").put("Effect", "Allow");
    Redaction redaction = redaction();
    redaction.learn(event);
    assertThat(redaction.redact(event).toString())
        .isEqualTo("{\"userName\":\"PRINCIPAL_1\",\"Effect\":\"Allow\"}");
  }

  @Test
  void aPromptThatStillShowsAValueIsRefusedWithoutTellingIt() {
    Redaction redaction = redaction();
    redaction.redact("arn:aws:iam::428571428571:user/zenobia.quartz");
    assertThatThrownBy(
            () -> redaction.check(Json.object().put("text", "by Zenobia.Quartz"), "system"))
        .isInstanceOf(RedactionException.class)
        .hasMessage("the prompt still shows a value of kind PRINCIPAL; it is not sent");
    assertThatThrownBy(() -> redaction.check(Json.object(), "system", "user 428571428571"))
        .isInstanceOf(RedactionException.class)
        .hasMessageContaining("ACCOUNT");
    redaction.check(Json.object().put("text", "by PRINCIPAL_1"), "system", "user");
  }

  @Test
  void twoSpellingsOfANameComeBackAsTheyWere() {
    Redaction redaction = redaction();
    String text = "s3://fab-logs and FAB-Logs";
    assertThat(redaction.redact(text)).isEqualTo("s3://BUCKET_1 and BUCKET_2");
    assertThat(redaction.restore("BUCKET_2")).isEqualTo("FAB-Logs");
  }

  @Provide
  Arbitrary<String> texts() {
    return mixed(Planted.ALL.stream().filter(v -> !Planted.SECRETS.contains(v)).toList());
  }

  @Provide
  Arbitrary<String> plantedTexts() {
    return mixed(Planted.ALL);
  }

  private static Arbitrary<String> mixed(List<String> values) {
    Arbitrary<String> noise =
        Arbitraries.strings().withCharRange(' ', '~').withChars("\n\u202e\u200bäß").ofMaxLength(12);
    Arbitrary<String> markers =
        Arbitraries.of(
            " ",
            "\"",
            "/",
            ":",
            "ACCOUNT_1",
            "IP_",
            "_1",
            "SECRET_2 ",
            Planted.USER_ARN,
            Planted.SESSION_ARN,
            Planted.BUCKET_ARN);
    // Letters and digits glued to a value make another value of it; what is glued here is not.
    Arbitrary<String> value = Arbitraries.of(values).map(v -> " " + v + " ");
    return Arbitraries.oneOf(noise, markers, value, value)
        .list()
        .ofMaxSize(12)
        .map(parts -> parts.stream().collect(Collectors.joining()));
  }

  private static Redaction redaction() {
    return new Redaction(true, Set.of());
  }
}
