package dev.cloudmend.playbooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudmend.aws.AwsCallException;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.Target;
import dev.cloudmend.playbooks.fake.FakeAws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceTargetTest {

  private final FakeAws aws = new FakeAws();

  @Test
  void whereABucketIsTellsTheServiceAndNotTheFinding() {
    aws.s3().bucket("shop", "EU", "eu-west-1");

    assertThat(ResourceTarget.of(ref("arn:aws:s3:::shop"), aws))
        .contains(new Target("aws", FakeAws.ACCOUNT, "eu-west-1", Arn.parse("arn:aws:s3:::shop")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:s3:::gone",
        "arn:aws:s3:::shop/object",
        "arn:aws:iam::999999999999:user/ana",
        "arn:aws:sns:::topic"
      })
  void whatIsNotThereOrOfNoTypeHasNone(String arn) {
    assertThat(ResourceTarget.of(ref(arn), aws)).isEmpty();
  }

  @Test
  void aBucketThatTellsNothingIsNoBucketThatIsGone() {
    aws.s3().bucketOfSomebodyElse("shop");

    assertThatThrownBy(() -> ResourceTarget.of(ref("arn:aws:s3:::shop"), aws))
        .isInstanceOf(AwsCallException.class);
  }

  private static ResourceRef ref(String arn) {
    return new ResourceRef(Arn.parse(arn), FakeAws.ACCOUNT, "us-east-1");
  }
}
