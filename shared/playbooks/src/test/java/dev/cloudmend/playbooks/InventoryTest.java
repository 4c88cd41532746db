package dev.cloudmend.playbooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.aws.AwsReader;
import dev.cloudmend.aws.ReadOnlyGuard;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ResourceRef;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InventoryTest {

  private static final String ACCOUNT = "111122223333";

  private final Lists aws = new Lists();

  @Test
  void bucketsAreListedByPage() {
    assertThat(new Inventory(aws, "eu-west-1").list("AWS::S3::Bucket", "eu-west-1"))
        .extracting(r -> r.arn().toString())
        .containsExactly("arn:aws:s3:::one", "arn:aws:s3:::two");
    assertThat(aws.calls.getFirst().parameters().path("MaxBuckets").asInt()).isPositive();
  }

  @Test
  void securityGroupsOfTheAccountAreListedInTheRegionAndSharedOnesAreNot() {
    assertThat(new Inventory(aws, "us-east-1").list("AWS::EC2::SecurityGroup", "eu-west-1"))
        .extracting(ResourceRef::arn)
        .extracting(Object::toString)
        .containsExactly("arn:aws:ec2:eu-west-1:" + ACCOUNT + ":security-group/sg-1");
    assertThat(aws.calls.getFirst().region()).isEqualTo("eu-west-1");
  }

  @Test
  void theAccountIsReadWhereItsPartitionRunsIam() {
    assertThat(new Inventory(aws, "eu-west-1").list("AWS::::Account", "eu-west-1"))
        .singleElement()
        .satisfies(
            r -> {
              assertThat(r.arn()).hasToString("arn:aws:iam::" + ACCOUNT + ":root");
              assertThat(r.region()).isEqualTo("us-east-1");
            });
    assertThat(new Inventory(aws, "us-gov-east-1").account().region()).isEqualTo("us-gov-west-1");
    assertThat(new Inventory(aws, "cn-northwest-1").account().arn().partition())
        .isEqualTo("aws-cn");
  }

  @Test
  void regionsAreSorted() {
    assertThat(new Inventory(aws, "us-east-1").regions()).containsExactly("eu-west-1", "us-east-1");
  }

  @Test
  void everyPlaybooksTypeCanBeListed() {
    assertThat(Inventory.types())
        .containsAll(
            Catalogue.standard().playbooks().stream()
                .map(playbook -> playbook.info().resourceType())
                .toList());
    assertThatThrownBy(() -> new Inventory(aws, "us-east-1").list("AWS::EC2::VPC", "us-east-1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("AWS::EC2::VPC");
  }

  @Test
  void everyCallIsOnTheGuardsListOfReads() {
    var inventory = new Inventory(aws, "us-east-1");
    Inventory.types().forEach(type -> inventory.list(type, "us-east-1"));
    inventory.regions();

    assertThat(aws.calls)
        .hasSizeGreaterThan(2)
        .allSatisfy(
            call -> assertThat(ReadOnlyGuard.reads(call.service())).contains(call.operation()));
  }

  /** Answers with lists as the services do. */
  private static final class Lists implements AwsReader {

    private final List<ApiCall> calls = new ArrayList<>();

    @Override
    public String callerAccount() {
      return ACCOUNT;
    }

    @Override
    public ObjectNode read(ApiCall call) {
      calls.add(call);
      return Json.parseObject(
          switch (call.operation()) {
            case "ListBuckets" -> "{\"Buckets\":[{\"Name\":\"one\"},{\"Name\":\"two\"}]}";
            case "DescribeRegions" ->
                "{\"Regions\":[{\"RegionName\":\"us-east-1\"},{\"RegionName\":\"eu-west-1\"}]}";
            case "DescribeSecurityGroups" ->
                """
                {"SecurityGroups":[{"GroupId":"sg-1","OwnerId":"111122223333"},
                                   {"GroupId":"sg-2","OwnerId":"444455556666"}]}
                """;
            default -> throw new AssertionError(call.name());
          });
    }

    @Override
    public List<JsonNode> readAll(ApiCall call, String member) {
      var all = new ArrayList<JsonNode>();
      read(call).path(member).forEach(all::add);
      return all;
    }
  }
}
