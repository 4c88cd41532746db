package dev.cloudmend.playbooks.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BucketBlockPublicAccessTest {

  private static final String ALL_ON =
      """
      {"BlockPublicAcls": true, "IgnorePublicAcls": true,
       "BlockPublicPolicy": true, "RestrictPublicBuckets": true}""";

  private final FakeAws aws = new FakeAws();
  private final BucketBlockPublicAccess playbook = new BucketBlockPublicAccess();

  @Test
  void plansTheDocumentedExample() {
    PlaybookInfo.Example example = playbook.info().example();
    aws.s3().bucket("shop").publicAccessBlock = example.before().deepCopy();

    Change change = violation("shop");

    assertThat(change.before()).isEqualTo(example.before());
    assertThat(change.after()).isEqualTo(example.after());
    assertThat(change.apply()).containsExactly(call("PutPublicAccessBlock", "us-east-1", ALL_ON));
    assertThat(change.undo())
        .containsExactly(call("PutPublicAccessBlock", "us-east-1", Json.write(example.before())));
    assertThat(change.reversibility()).isEqualTo(Reversibility.EXACT);
    assertThat(change.target().region()).isEqualTo("us-east-1");
  }

  @Test
  void deletesTheConfigurationAgainWhereThereWasNone() {
    aws.s3().bucket("shop");

    Change change = violation("shop");

    assertThat(change.before().isNull()).isTrue();
    assertThat(change.undo()).containsExactly(call("DeletePublicAccessBlock", "us-east-1", null));
  }

  @Test
  void keepsTheShapeOfAConfigurationThatNamesOnlySomeFlags() {
    aws.s3().bucket("shop").publicAccessBlock = Json.parseObject("{\"BlockPublicAcls\": true}");

    Change change = violation("shop");

    assertThat(change.before()).isEqualTo(Json.parse("{\"BlockPublicAcls\": true}"));
    assertThat(change.undo())
        .containsExactly(call("PutPublicAccessBlock", "us-east-1", "{\"BlockPublicAcls\": true}"));
  }

  @Test
  void isContentWhenAllFourAreOn() {
    aws.s3().bucket("shop").publicAccessBlock = Json.parseObject(ALL_ON);

    assertThat(assess("arn:aws:s3:::shop")).isEqualTo(new Assessment.Compliant());
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, us-east-1",
        "'', us-east-1",
        "null, us-east-1",
        "EU, eu-west-1",
        "ap-south-1, ap-south-1"
      })
  void callsTheBucketInTheRegionThatTheServiceTells(String location, String region) {
    aws.s3().bucket("shop", location, region);

    Change change = violation("shop");

    assertThat(change.target().region()).isEqualTo(region);
    assertThat(change.apply()).extracting(ApiCall::region).containsExactly(region);
    assertThat(change.undo()).extracting(ApiCall::region).containsExactly(region);
    assertThat(aws.reads()).extracting(ApiCall::region).containsExactly("us-east-1", region);
  }

  @Test
  void asksTheChinesePartitionInChinaAndTakesNoRegionForGranted() {
    aws.s3().bucket("shop", "cn-northwest-1", "cn-northwest-1");
    aws.s3().bucket("silent", null, "cn-north-1");

    assertThat(assess("arn:aws-cn:s3:::shop")).isInstanceOf(Assessment.Violating.class);
    assertThat(aws.reads().getFirst().region()).isEqualTo("cn-north-1");
    assertThat(assess("arn:aws-cn:s3:::silent")).isInstanceOf(Assessment.Blocked.class);
  }

  @Test
  void namesTheOwnerInEveryCallSoThatNobodyElsesBucketIsTouched() {
    aws.s3().bucketOfSomebodyElse("shop");

    assertThatThrownBy(() -> assess("arn:aws:s3:::shop"))
        .isInstanceOfSatisfying(
            AwsCallException.class,
            e -> assertThat(e.kind()).isEqualTo(AwsCallException.Kind.ACCESS_DENIED));
  }

  @Test
  void saysThatABucketIsGone() {
    assertThat(assess("arn:aws:s3:::shop"))
        .isEqualTo(
            new Assessment.NotFound("the resource is not there: the service says NoSuchBucket"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:sqs:us-east-1:111122223333:shop",
        "arn:aws:s3:::shop/object.txt",
        "arn:aws:s3:::shop/*",
        "arn:aws:s3:us-east-1:111122223333:accesspoint/shop",
        "arn:aws:s3:::Sh",
        "arn:aws:s3:::-shop",
        "arn:aws:s3:::my..shop",
        "arn:aws:s3:::192.168.0.1",
        "arn:aws:s3::999999999999:shop",
        "arn:aws:ec2:us-east-1:111122223333:security-group/sg-1"
      })
  void doesNotSpeakOfWhatIsNoBucket(String arn) {
    assertThat(assess(arn))
        .asInstanceOf(type(Assessment.NotApplicable.class))
        .extracting(Assessment.NotApplicable::reason)
        .asString()
        .contains(arn, "expected arn:aws:s3:::name");
    assertThat(aws.reads()).isEmpty();
  }

  @Test
  void passesOnThatAReadWasDenied() {
    aws.s3().bucket("shop");
    aws.failing("GetPublicAccessBlock", AwsCallException.Kind.ACCESS_DENIED);

    assertThatThrownBy(() -> assess("arn:aws:s3:::shop")).isInstanceOf(AwsCallException.class);
  }

  @Test
  void tellsAnEmptyConfigurationFromNone() {
    aws.s3().bucket("shop").publicAccessBlock = Json.object();

    assertThat(violation("shop").before()).isEqualTo(Json.object());
  }

  @Test
  void doesNotUndoOverAChangeThatSomebodyElseMade() {
    var bucket = aws.s3().bucket("shop");
    Change change = violation("shop");
    aws.make(change);
    ObjectNode other = Json.parseObject(ALL_ON).put("BlockPublicPolicy", false);
    bucket.publicAccessBlock = other;

    assertThat(playbook.undo(change, aws))
        .isEqualTo(
            new Assessment.Blocked(
                "the live state is no longer what the change left: /BlockPublicPolicy expected true,"
                    + " found false"));
  }

  @Test
  void saysThatThereIsNothingToUndoWhenTheBucketIsGone() {
    aws.s3().bucket("shop");
    Change change = violation("shop");
    aws.make(change);
    aws.s3().delete("shop");

    assertThat(playbook.undo(change, aws)).isInstanceOf(Assessment.NotFound.class);
  }

  private Assessment assess(String arn) {
    return playbook.assess(
        new ResourceRef(Arn.parse(arn), FakeAws.ACCOUNT, "eu-north-1"), Baselines.DEFAULT, aws);
  }

  private Change violation(String bucket) {
    return assertThat(assess("arn:aws:s3:::" + bucket))
        .asInstanceOf(type(Assessment.Violating.class))
        .actual()
        .change();
  }

  private static ApiCall call(String operation, String region, @Nullable String configuration) {
    ObjectNode parameters =
        Json.object().put("Bucket", "shop").put("ExpectedBucketOwner", FakeAws.ACCOUNT);
    if (configuration != null) {
      parameters.set("PublicAccessBlockConfiguration", Json.parse(configuration));
    }
    return new ApiCall("s3", operation, region, parameters);
  }
}
