package dev.cloudmend.playbooks.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.aws.ApiCallCodec;
import dev.cloudmend.aws.AwsCallException;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Assessment;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.Reversibility;
import dev.cloudmend.playbooks.Baselines;
import dev.cloudmend.playbooks.PlaybookInfo;
import dev.cloudmend.playbooks.fake.FakeAws;
import dev.cloudmend.playbooks.fake.FakeS3;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BucketTlsOnlyTest {

  private static final String SID = BucketTlsOnly.SID;
  private static final String LOGS =
      """
      {"Sid": "Logs", "Effect": "Allow", "Principal": {"Service": "logging.s3.amazonaws.com"},
       "Action": "s3:PutObject", "Resource": "arn:aws:s3:::shop/logs/*"}""";
  private static final String DENY =
      """
      {"Effect": "Deny", "Principal": "*", "Action": "s3:*",
       "Resource": ["arn:aws:s3:::shop", "arn:aws:s3:::shop/*"],
       "Condition": {"Bool": {"aws:SecureTransport": "false"}}}""";

  private final FakeAws aws = new FakeAws();
  private final FakeS3.Bucket bucket = aws.s3().bucket("shop");
  private final BucketTlsOnly playbook = new BucketTlsOnly();

  @Test
  void plansTheDocumentedExample() {
    PlaybookInfo.Example example = playbook.info().example();

    Change change = violation();

    assertThat(change.before()).isEqualTo(example.before());
    assertThat(change.after()).isEqualTo(example.after());
    assertThat(change.apply())
        .containsExactly(
            call("PutBucketPolicy")
                .with(
                    "{\"Version\":\"2012-10-17\",\"Statement\":["
                        + example.after().path("statement")
                        + "]}"));
    assertThat(change.undo()).containsExactly(call("DeleteBucketPolicy").bare());
    assertThat(change.reversibility()).isEqualTo(Reversibility.EXACT);
    assertThat(change.afterUndo()).isNull();
  }

  @Test
  void appendsOneStatementAndKeepsTheOthersAsTheyAre() {
    bucket.policy =
        "{\"Id\": \"mine\", \"Statement\": [" + LOGS + "], \"Version\": \"2008-10-17\"}";

    Change change = violation();
    aws.make(change);

    assertThat(bucket.policy)
        .isEqualTo(
            "{\"Id\":\"mine\",\"Statement\":["
                + Json.parse(LOGS)
                + ","
                + change.after().path("statement")
                + "],\"Version\":\"2008-10-17\"}");
    assertThat(change.apply()).allSatisfy(ApiCallCodec::check);
    assertThat(change.undo()).allSatisfy(ApiCallCodec::check);
  }

  @Test
  void addsNoVersionWhereThereWasNone() {
    bucket.policy = "{\"Statement\": " + LOGS + "}";

    aws.make(violation());

    assertThat(Json.parseObject(Objects.requireNonNull(bucket.policy)).has("Version")).isFalse();
  }

  @Test
  void givesTheFormerPolicyBackLetterByLetter() {
    String former = "{ \"Statement\" : " + LOGS + " }";
    bucket.policy = former;
    Change change = violation();
    aws.make(change);

    aws.make(undo(change));

    assertThat(bucket.policy).isEqualTo(former);
    assertThat(playbook.undo(change, aws)).isEqualTo(new Assessment.Compliant());
  }

  @Test
  void speaksOfAnotherPartitionsBucketByItsArn() {
    aws.s3().bucket("shop-cn", "cn-north-1", "cn-north-1");

    Change change = violation("arn:aws-cn:s3:::shop-cn");

    assertThat(change.after().at("/statement/Resource"))
        .isEqualTo(Json.parse("[\"arn:aws-cn:s3:::shop-cn\", \"arn:aws-cn:s3:::shop-cn/*\"]"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/Sid | \"TLS\"",
        "/Principal | {\"AWS\": \"*\"}",
        "/Principal | {\"AWS\": [\"*\"]}",
        "/Action | [\"S3:*\"]",
        "/Action | \"*\"",
        "/Action | [\"s3:GetObject\", \"s3:*\"]",
        "/Resource | [\"arn:aws:s3:::shop/*\", \"arn:aws:s3:::shop\", \"arn:aws:s3:::other\"]",
        "/Resource | \"arn:aws:s3:::shop*\"",
        "/Resource | \"arn:aws:s3:::*\"",
        "/Resource | \"*\"",
        "/Condition | {\"BoolIfExists\": {\"AWS:securetransport\": [\"false\"]}}",
        "/Condition | {\"Bool\": {\"aws:SecureTransport\": false}}",
        "/Condition | {\"Bool\": {\"aws:SecureTransport\": [\"true\", \"false\"]}}",
        "/Condition | {}"
      })
  void isContentWithAStatementThatSaysAsMuch(String member, String value) {
    bucket.policy = policy(deny(member, value));

    assertThat(assess()).isEqualTo(new Assessment.Compliant());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/Effect | \"Allow\"",
        "/Principal | {\"AWS\": \"111122223333\"}",
        "/Principal | {\"Service\": \"*\"}",
        "/Action | \"s3:GetObject\"",
        "/Action | [\"s3:Get*\", \"s3:Put*\"]",
        "/Resource | \"arn:aws:s3:::shop/*\"",
        "/Resource | \"arn:aws:s3:::shop\"",
        "/Resource | [\"arn:aws:s3:::other\", \"arn:aws:s3:::other/*\"]",
        "/Condition | {\"Bool\": {\"aws:SecureTransport\": \"true\"}}",
        "/Condition | {\"StringEquals\": {\"aws:SecureTransport\": \"no\"}}",
        "/Condition | {\"Null\": {\"aws:SecureTransport\": \"true\"}}",
        "/Condition | {\"Bool\": {\"aws:SecureTransport\": \"false\", \"aws:ViaAWSService\": true}}",
        "/Condition | {\"Bool\": {\"aws:SecureTransport\": \"false\"}, \"StringEquals\": {\"aws:PrincipalOrgID\": \"o-1\"}}"
      })
  void isNotContentWithAPartOfIt(String member, String value) {
    bucket.policy = policy(deny(member, value));

    Change change = violation();
    aws.make(change);

    assertThat(statements()).hasSize(2).first().isEqualTo(Json.parse(deny(member, value)));
    assertThat(assess()).isEqualTo(new Assessment.Compliant());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Principal", "Action", "Resource"})
  void isNotContentWithAllBut(String member) {
    ObjectNode statement = Json.parseObject(DENY);
    statement.remove(member);
    statement.put("Not" + member, "*");
    bucket.policy = policy(statement.toString());

    assertThat(assess()).isInstanceOf(Assessment.Violating.class);
  }

  @Test
  void isBlockedWhereItsSidIsTaken() {
    bucket.policy = policy(LOGS.replace("Logs", SID));

    assertThat(blocked()).contains("shop", SID, "says something else");
  }

  @Test
  void isBlockedWhereAPrincipalWasDeletedAndNamesIt() {
    bucket.policy =
        policy(
            LOGS.replace("Service", "AWS")
                .replace("logging.s3.amazonaws.com", "AIDAEXAMPLEEXAMPLEID"));

    assertThat(blocked()).contains("were deleted", "AIDAEXAMPLEEXAMPLEID");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"Statement\": [ | not JSON",
        "{\"Statement\": [], \"Statement\": []} | Duplicate field",
        "{\"Version\": \"2030-01-01\", \"Statement\": []} | unknown version",
        "{\"Statement\": [{\"Effect\": \"Audit\"}]} | Effect"
      })
  void isBlockedByAPolicyThatItDoesNotUnderstand(String policy, String reason) {
    bucket.policy = policy;

    assertThat(blocked()).startsWith("the policy of bucket shop is left alone: ").contains(reason);
  }

  @Test
  void isBlockedWhereThePolicyWouldBecomeTooLong() {
    String padding = "é".repeat(10_070);
    bucket.policy = "{\"Id\": \"" + padding + "\", \"Statement\": [" + LOGS + "]}";

    assertThat(blocked()).contains("would have 20", "20480 at most");

    bucket.policy = "{\"Id\": \"" + padding.substring(200) + "\", \"Statement\": [" + LOGS + "]}";
    assertThat(assess()).isInstanceOf(Assessment.Violating.class);
  }

  @Test
  void isBlockedWhereTheBucketServesAWebsite() {
    bucket.website = true;

    assertThat(blocked()).contains("serves a website, whose endpoint speaks HTTP only");

    bucket.policy = policy(DENY);
    assertThat(assess()).isEqualTo(new Assessment.Compliant());
  }

  @Test
  void passesOnThatAReadWasDenied() {
    aws.failing("GetBucketWebsite", AwsCallException.Kind.ACCESS_DENIED);

    assertThatThrownBy(this::assess).isInstanceOf(AwsCallException.class);
  }

  @Test
  void warnsOfWhoIsCutOffAndOfAWriteBesideIt() {
    assertThat(violation().warnings()).singleElement().asString().contains("presigned URLs");

    bucket.policy = policy(LOGS);
    assertThat(violation().warnings()).hasSize(2).last().asString().contains("same second");
  }

  @Test
  void anotherPolicyIsAnotherChange() {
    bucket.policy = policy(LOGS);
    Change one = violation();
    bucket.policy = policy(LOGS.replace("Logs", "Others"));

    assertThat(violation().hash()).isNotEqualTo(one.hash());
    assertThat(violation().fingerprint()).isEqualTo(one.fingerprint());
  }

  @Test
  void verifiesItsStatementWhateverOthersWriteBesideIt() {
    bucket.policy = policy(LOGS);
    Change change = violation();
    aws.make(change);
    bucket.policy =
        policy(change.after().path("statement").toString().replace("\"*\"", "{\"AWS\":[\"*\"]}"));

    assertThat(playbook.observe(change, aws)).isEqualTo(change.after());

    bucket.policy = "{}";
    assertThat(playbook.observe(change, aws).has("unreadable")).isTrue();
  }

  @Test
  void takesOutItsStatementOnlyWhereOthersWroteMeanwhile() {
    bucket.policy = policy(LOGS);
    Change change = violation();
    aws.make(change);
    String other = LOGS.replace("Logs", "Others");
    bucket.policy =
        "{\"Statement\": [" + other + "," + change.after().path("statement") + "," + LOGS + "]}";

    Change undo = undo(change);
    aws.make(undo);

    assertThat(bucket.policy)
        .isEqualTo("{\"Statement\":[" + Json.parse(other) + "," + Json.parse(LOGS) + "]}");
    assertThat(playbook.observe(undo, aws)).isEqualTo(undo.after());
    assertThat(playbook.undo(change, aws)).isEqualTo(new Assessment.Compliant());
  }

  @Test
  void deletesThePolicyWhereNothingElseIsLeft() {
    bucket.policy = policy(LOGS);
    Change change = violation();
    aws.make(change);
    bucket.policy = policy(change.after().path("statement").toString());

    Change undo = undo(change);
    aws.make(undo);

    assertThat(undo.apply()).containsExactly(call("DeleteBucketPolicy").bare());
    assertThat(bucket.policy).isNull();
  }

  @Test
  void doesNotTakeOutAStatementThatSomebodyChanged() {
    Change change = violation();
    aws.make(change);
    bucket.policy = Objects.requireNonNull(bucket.policy).replace("s3:*", "s3:GetObject");

    assertThat(playbook.undo(change, aws))
        .isEqualTo(
            new Assessment.Blocked(
                "the live state is no longer what the change left: /statement/Action expected"
                    + " \"s3:*\", found \"s3:GetObject\""));
  }

  @Test
  void doesNotTakeOutOneOfTwo() {
    Change change = violation();
    aws.make(change);
    String ours = change.after().path("statement").toString();
    bucket.policy = policy(ours + "," + ours);

    assertThat(playbook.undo(change, aws)).isInstanceOf(Assessment.Blocked.class);
  }

  @Test
  void cannotTakeItOutWhereAPrincipalWasDeletedMeanwhile() {
    bucket.policy = policy(LOGS);
    Change change = violation();
    aws.make(change);
    bucket.policy =
        Objects.requireNonNull(bucket.policy)
            .replace(
                "\"Service\":\"logging.s3.amazonaws.com\"", "\"AWS\":\"AROAEXAMPLEEXAMPLEID\"");

    assertThat(playbook.undo(change, aws))
        .asInstanceOf(type(Assessment.Blocked.class))
        .extracting(Assessment.Blocked::reason)
        .asString()
        .contains("AROAEXAMPLEEXAMPLEID");
  }

  @Test
  void leavesAWayBackAloneThatItIsAskedToTakeBack() {
    bucket.policy = policy(LOGS);
    Change change = violation();
    aws.make(change);
    Change undo = undo(change);
    aws.make(undo);

    assertThat(playbook.undo(undo, aws)).isInstanceOf(Assessment.Blocked.class);
    assertThat(undo.undo())
        .containsExactly(
            call("PutBucketPolicy")
                .with(change.apply().getFirst().parameters().path("Policy").asText()));
  }

  @Test
  void saysThatThereIsNothingToUndoWhenTheBucketIsGone() {
    Change change = violation();
    aws.make(change);
    aws.s3().delete("shop");

    assertThat(playbook.undo(change, aws)).isInstanceOf(Assessment.NotFound.class);
  }

  private static String policy(String statements) {
    return "{\"Version\": \"2012-10-17\", \"Statement\": [" + statements + "]}";
  }

  private static String deny(String member, String value) {
    ObjectNode statement = Json.parseObject(DENY);
    statement.set(member.substring(1), Json.parse(value));
    return statement.toString();
  }

  private ArrayNode statements() {
    return (ArrayNode) Json.parse(Objects.requireNonNull(bucket.policy)).path("Statement");
  }

  private String blocked() {
    return assertThat(assess()).asInstanceOf(type(Assessment.Blocked.class)).actual().reason();
  }

  private Assessment assess() {
    return assess("arn:aws:s3:::shop");
  }

  private Assessment assess(String arn) {
    return playbook.assess(
        new ResourceRef(Arn.parse(arn), FakeAws.ACCOUNT, "us-east-1"), Baselines.DEFAULT, aws);
  }

  private Change violation() {
    return violation("arn:aws:s3:::shop");
  }

  private Change violation(String arn) {
    return assertThat(assess(arn)).asInstanceOf(type(Assessment.Violating.class)).actual().change();
  }

  private Change undo(Change change) {
    return assertThat(playbook.undo(change, aws))
        .asInstanceOf(type(Assessment.Violating.class))
        .actual()
        .change();
  }

  private static Call call(String operation) {
    return new Call(operation);
  }

  private record Call(String operation) {

    ApiCall bare() {
      return of(Json.object());
    }

    ApiCall with(String policy) {
      return of(Json.object().put("Policy", policy));
    }

    private ApiCall of(ObjectNode more) {
      ObjectNode parameters =
          Json.object().put("Bucket", "shop").put("ExpectedBucketOwner", FakeAws.ACCOUNT);
      parameters.setAll(more);
      return new ApiCall("s3", operation, "us-east-1", parameters);
    }
  }
}
