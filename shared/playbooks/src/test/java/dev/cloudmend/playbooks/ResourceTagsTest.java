package dev.cloudmend.playbooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudmend.aws.AwsCallException;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Target;
import dev.cloudmend.playbooks.PlaybookInfo.Operation;
import dev.cloudmend.playbooks.fake.FakeAws;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceTagsTest {

  private final FakeAws aws = new FakeAws();

  @Test
  void aBucketsTagsAreReadInItsRegionAsItsOwners() {
    aws.s3().bucket("shop", "eu-central-1", "eu-central-1").tags.put("team", "web");

    assertThat(ResourceTags.of(target("arn:aws:s3:::shop", "eu-central-1"), aws))
        .contains(Map.of("team", "web"));
    assertThat(aws.reads())
        .containsExactly(
            new ApiCall(
                "s3",
                "GetBucketTagging",
                "eu-central-1",
                Json.object().put("Bucket", "shop").put("ExpectedBucketOwner", FakeAws.ACCOUNT)));
  }

  @Test
  void aBucketWithoutTagsHasNone() {
    aws.s3().bucket("shop");

    assertThat(ResourceTags.of(target("arn:aws:s3:::shop", "us-east-1"), aws)).contains(Map.of());
  }

  @Test
  void aBucketOfSomebodyElseTellsNothing() {
    aws.s3().bucketOfSomebodyElse("shop");

    assertThatThrownBy(() -> ResourceTags.of(target("arn:aws:s3:::shop", "us-east-1"), aws))
        .isInstanceOf(AwsCallException.class)
        .hasMessageContaining("AccessDenied");
  }

  @Test
  void tagsOfEc2AreAskedForByTheResourcesId() {
    aws.ec2().tags.put("sg-1", Map.of("team", "web"));
    aws.ec2().tags.put("sg-2", Map.of("team", "other"));

    assertThat(
            ResourceTags.of(
                target("arn:aws:ec2:eu-central-1:111122223333:security-group/sg-1", "eu-central-1"),
                aws))
        .contains(Map.of("team", "web"));
  }

  @ParameterizedTest
  @CsvSource({
    "user/staff/ana, ListUserTags, UserName, ana",
    "role/service/deploy, ListRoleTags, RoleName, deploy",
    "policy/ops/admin, ListPolicyTags, PolicyArn, arn:aws:iam::111122223333:policy/ops/admin"
  })
  void tagsOfIamAreAskedForByNameWithoutPath(
      String resource, String operation, String parameter, String name) {
    aws.iam().tags.put("team", "web");

    assertThat(ResourceTags.of(target("arn:aws:iam::111122223333:" + resource, Target.GLOBAL), aws))
        .contains(Map.of("team", "web"));
    assertThat(aws.reads())
        .containsExactly(
            new ApiCall("iam", operation, Target.GLOBAL, Json.object().put(parameter, name)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"root", "group/admins"})
  void whatCannotHaveTagsHasNoneAndIsNotAsked(String resource) {
    assertThat(ResourceTags.of(target("arn:aws:iam::111122223333:" + resource, Target.GLOBAL), aws))
        .contains(Map.of());
    assertThat(aws.reads()).isEmpty();
  }

  @Test
  void ofAnUnknownTypeNobodyKnowsTheTags() {
    assertThat(
            ResourceTags.of(
                target("arn:aws:rds:eu-central-1:111122223333:db:main", "eu-central-1"), aws))
        .isEmpty();
  }

  @Test
  void everyPlaybookHasTheRightToReadTheTagsOfItsResources() {
    assertThat(Catalogue.standard().playbooks())
        .allSatisfy(
            playbook ->
                assertThat(playbook.info().reads())
                    .containsAll(
                        ResourceTags.read(playbook.info().resourceType()).stream().toList())
                    .doesNotHaveDuplicates());
    assertThat(Catalogue.standard().byId("s3-bucket-versioning").orElseThrow().info().reads())
        .extracting(Operation::name)
        .contains("GetBucketTagging");
  }

  private static Target target(String arn, String region) {
    return new Target("aws", FakeAws.ACCOUNT, region, Arn.parse(arn));
  }
}
