package dev.cloudmend.terraform.locate;

import static dev.cloudmend.terraform.locate.States.at;
import static dev.cloudmend.terraform.locate.States.bucket;
import static dev.cloudmend.terraform.locate.States.ec2;
import static dev.cloudmend.terraform.locate.States.iam;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.terraform.project.Project;
import dev.cloudmend.terraform.project.ResourceBlock;
import dev.cloudmend.terraform.project.Sources;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocatorTest {

  private static final String BUCKET = "resource \"aws_s3_bucket\" \"this\" {}\n";
  private static final String LOGS = "module \"logs\" {\n  source = \"%s\"\n}\n";
  private static final String OWN_ARN = "{\"arn\": \"arn:aws:s3:::logs\"}";

  @Test
  void followsTheModulesOfAnAddress() {
    Project project =
        Sources.project(
            "main.tf",
            LOGS.formatted("./modules/logs"),
            "modules/logs/main.tf",
            "module \"store\" {\n  source = \"../store\"\n}\n",
            "modules/store/main.tf",
            BUCKET);
    Location location =
        locate(
            project,
            bucket("logs"),
            at("module.logs[\"a.b\"].module.store[0].aws_s3_bucket.this[\"]\\\"\"]", OWN_ARN));
    assertFound(
        location,
        "modules/store/main.tf",
        Way.STATE,
        "module.logs.module.store.aws_s3_bucket.this");
  }

  @Test
  void readsAndLocatesInOneGo(@TempDir Path folder) {
    List<StateResource> known =
        States.read(
            folder,
            """
            {"version": 4, "resources": [
              {"mode": "managed", "type": "aws_s3_bucket", "name": "this", "instances": [
                {"index_key": "a", "attributes": {"arn": "arn:aws:s3:::logs", "bucket": "logs"}},
                {"index_key": "b", "attributes": {"arn": "arn:aws:s3:::logs-b"}}]}]}
            """);
    Project project = Sources.project("main.tf", BUCKET);
    assertFound(
        new Locator(project, known).locate(bucket("logs"), Map.of()),
        "main.tf",
        Way.STATE,
        "aws_s3_bucket.this");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "security-group/sg-1, aws_security_group, id, sg-1",
        "security-group/sg-1, aws_default_security_group, id, sg-1",
        "security-group-rule/sgr-1, aws_security_group_rule, security_group_rule_id, sgr-1",
        "security-group-rule/sgr-1, aws_vpc_security_group_ingress_rule, security_group_rule_id, sgr-1",
        "elastic-ip/eipalloc-1, aws_eip, allocation_id, eipalloc-1",
        "elastic-ip/eipalloc-1, aws_eip, id, eipalloc-1",
        "natgateway/nat-1, aws_nat_gateway, id, nat-1",
        "subnet/subnet-1, aws_subnet, id, subnet-1",
        "vpc/vpc-1, aws_default_vpc, id, vpc-1",
        "vpc-flow-log/fl-1, aws_flow_log, id, fl-1",
        "instance/i-1, aws_instance, id, i-1",
        "instance/i-1, aws_spot_instance_request, spot_instance_id, i-1",
        "volume/vol-1, aws_ebs_volume, id, vol-1",
        "network-acl/acl-1, aws_default_network_acl, id, acl-1",
        "launch-template/lt-1, aws_launch_template, id, lt-1",
        "internet-gateway/igw-1, aws_internet_gateway, id, igw-1",
        "route-table/rtb-1, aws_route_table, id, rtb-1",
        "network-interface/eni-1, aws_network_interface, id, eni-1",
        "key-pair/key-1, aws_key_pair, key_pair_id, key-1"
      })
  void findsByItsIdWhatHasNoArnInTheState(String part, String type, String attribute, String id) {
    Project project = Sources.project("main.tf", "resource \"%s\" \"x\" {}\n".formatted(type));
    StateResource own = at(type + ".x", "{\"%s\": \"%s\"}".formatted(attribute, id));
    StateResource other = at(type + ".y", "{\"%s\": \"%s\"}".formatted(attribute, id + "0"));
    StateResource ofAnotherType = at("aws_lb.z", "{\"%s\": \"%s\"}".formatted(attribute, id));
    assertFound(
        locate(project, ec2(part), other, ofAnotherType, own), "main.tf", Way.STATE, type + ".x");
    assertThat(locate(project, ec2(part), other, ofAnotherType))
        .isInstanceOf(Location.NotCertain.class);
  }

  @Test
  void findsTheInstanceThatDeclaresAVolume(@TempDir Path folder) {
    List<StateResource> known =
        States.read(
            folder,
            """
            {"version": 4, "resources": [
              {"mode": "managed", "type": "aws_instance", "name": "web", "instances": [
                {"attributes": {"arn": "arn:aws:ec2:eu-west-1:111122223333:instance/i-1",
                  "ebs_block_device": [{"volume_id": "vol-2"}, {"volume_id": "vol-3"}],
                  "root_block_device": [{"tags": {"volume_id": "vol-9"}, "volume_id": "vol-1"}]}}]}]}
            """);
    Project project = Sources.project("main.tf", "resource \"aws_instance\" \"web\" {}\n");
    var locator = new Locator(project, known);
    for (String volume : List.of("vol-1", "vol-3")) {
      assertFound(
          locator.locate(ec2("volume/" + volume), Map.of()),
          "main.tf",
          Way.STATE,
          "aws_instance.web");
    }
    assertThat(locator.locate(ec2("volume/vol-9"), Map.of()))
        .isInstanceOf(Location.NotCertain.class);
  }

  @Test
  void believesAnArnBeforeAnId() {
    Project project = Sources.project("main.tf", BUCKET);
    assertThat(
            locate(
                project,
                bucket("logs"),
                at(
                    "aws_s3_bucket.this",
                    "{\"arn\": \"arn:aws-cn:s3:::logs\", \"bucket\": \"logs\"}")))
        .isInstanceOf(Location.NotCertain.class);
  }

  @Test
  void isNotMisledByAnArnThatIsAnotherResources() {
    Project project =
        Sources.project("main.tf", "resource \"aws_cloudwatch_event_target\" \"t\" {}\n");
    String queue = "arn:aws:sqs:eu-west-1:" + States.ACCOUNT + ":q";
    assertThat(
            locate(
                project,
                States.resource(queue),
                at("aws_cloudwatch_event_target.t", "{\"arn\": \"" + queue + "\"}")))
        .isInstanceOf(Location.NotCertain.class);
  }

  @Test
  void takesNoIdForOneThatIsEmpty() {
    Project project = Sources.project("main.tf", "resource \"aws_vpc\" \"x\" {}\n");
    assertThat(locate(project, ec2("vpc/"), at("aws_vpc.x", "{}")))
        .isInstanceOf(Location.NotCertain.class);
  }

  @Test
  void findsTheLogGroupWhoseArnEndsInAStar() {
    Project project =
        Sources.project("main.tf", "resource \"aws_cloudwatch_log_group\" \"g\" {}\n");
    String arn = "arn:aws:logs:eu-west-1:" + States.ACCOUNT + ":log-group:/x";
    assertFound(
        locate(
            project,
            States.resource(arn + ":*"),
            at("aws_cloudwatch_log_group.g", "{\"arn\": \"" + arn + "\"}")),
        "main.tf",
        Way.STATE,
        "aws_cloudwatch_log_group.g");
  }

  @Test
  void anAccountStandsForItsPasswordPolicy() {
    Project project =
        Sources.project("main.tf", "resource \"aws_iam_account_password_policy\" \"p\" {}\n");
    StateResource policy = at("aws_iam_account_password_policy.p", "{\"id\": \"any\"}");
    StateResource own = at("aws_iam_user.u", arn("111122223333"));
    StateResource foreign = at("aws_iam_user.v", arn("999999999999"));
    assertFound(
        locate(project, iam("root"), policy, own),
        "main.tf",
        Way.STATE,
        "aws_iam_account_password_policy.p");
    assertNotCertain(locate(project, iam("root"), policy, own, foreign), "of another account");
    assertNotCertain(
        locate(project, iam("root")),
        "does not say which account",
        "aws_iam_account_password_policy.p");
  }

  private static String arn(String account) {
    return "{\"arn\": \"arn:aws:iam::" + account + ":user/u\"}";
  }

  @Test
  void severalRootsWithTheSameAddressAreCandidates() {
    Project project = Sources.project("dev/main.tf", BUCKET, "prod/main.tf", BUCKET);
    assertNotCertain(
        locate(project, bucket("logs"), at("aws_s3_bucket.this", OWN_ARN)),
        "several places (dev/main.tf:1, prod/main.tf:1)",
        "aws_s3_bucket.this",
        "aws_s3_bucket.this");
  }

  @Test
  void ofSeveralRootsAKnownNameDecides() {
    String named = "resource \"aws_s3_bucket\" \"this\" {\n  bucket = \"%s\"\n}\n";
    Project project =
        Sources.project(
            "dev/main.tf", named.formatted("dev-logs"), "prod/main.tf", named.formatted("logs"));
    StateResource own =
        at("aws_s3_bucket.this", "{\"arn\": \"arn:aws:s3:::logs\", \"bucket\": \"logs\"}");
    assertFound(
        locate(project, bucket("logs"), own), "prod/main.tf", Way.STATE, "aws_s3_bucket.this");
    StateResource third =
        at("aws_s3_bucket.this", "{\"arn\": \"arn:aws:s3:::third\", \"bucket\": \"third\"}");
    assertNotCertain(locate(project, bucket("third"), third), "gives another name");
  }

  @Test
  void severalRootsThatLeadToOneBlockAreNoQuestion() {
    Project project =
        Sources.project(
            "dev/main.tf", LOGS.formatted("../modules/logs"),
            "prod/main.tf", LOGS.formatted("../modules/logs"),
            "modules/logs/main.tf", BUCKET);
    assertFound(
        locate(project, bucket("logs"), at("module.logs.aws_s3_bucket.this", OWN_ARN)),
        "modules/logs/main.tf",
        Way.STATE,
        "module.logs.aws_s3_bucket.this");
  }

  @ParameterizedTest
  @CsvSource({
    "terraform-aws-modules/s3-bucket/aws",
    "git::https://example.com/vpc.git?ref=v1",
    "app.terraform.io/org/x/aws"
  })
  void aModuleFromElsewhereIsFixedInItsCall(String source) {
    Project project = Sources.project("main.tf", LOGS.formatted(source));
    Location location =
        locate(project, bucket("logs"), at("module.logs.module.x.aws_s3_bucket.this[0]", OWN_ARN));
    assertThat(location).isInstanceOf(Location.InCall.class);
    var call = (Location.InCall) location;
    assertThat(call.call().place()).isEqualTo("module.logs in main.tf:1");
    assertThat(call.address()).isEqualTo("module.logs.module.x.aws_s3_bucket.this");
    assertThat(call.way()).isEqualTo(Way.STATE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../logs", "./logs", "${var.where}"})
  void aModuleThatIsSomewhereElseOnDiskIsNamed(String source) {
    Project project = Sources.project("main.tf", LOGS.formatted(source));
    assertNotCertain(
        locate(project, bucket("logs"), at("module.logs.aws_s3_bucket.this", OWN_ARN)),
        "the source of module.logs in main.tf:1 is not in the project");
  }

  @Test
  void anAddressThatLeadsNowhereIsNotGuessed() {
    Project project = Sources.project("main.tf", "resource \"aws_s3_bucket\" \"other\" {}\n");
    assertNotCertain(
        locate(project, bucket("logs"), at("aws_s3_bucket.this", OWN_ARN)),
        "no root module of the project has that");
  }

  @Test
  void aModuleThatOthersCallIsACandidateOnly() {
    Project project =
        Sources.project("main.tf", BUCKET, "examples/simple/main.tf", LOGS.formatted("../../"));
    assertNotCertain(
        locate(project, bucket("logs"), at("aws_s3_bucket.this", OWN_ARN)),
        "no root module of the project has that",
        "aws_s3_bucket.this");
  }

  @Test
  void aStateResourceThatMovedIsFoundWhereItIsNow() {
    Project project = Sources.project("main.tf", BUCKET);
    assertFound(
        locate(
            project,
            bucket("logs"),
            at("aws_s3_bucket.before", OWN_ARN),
            at("aws_s3_bucket.this", OWN_ARN)),
        "main.tf",
        Way.STATE,
        "aws_s3_bucket.this");
  }

  @ParameterizedTest
  @CsvSource({
    "aws_s3_bucket",
    "data.aws_s3_bucket.this",
    "aws_s3_bucket.this.more",
    "aws_s3_bucket.this[",
    "module.x",
    "a..b",
    "'aws_s3_bucket.this\u001b[2J'"
  })
  void whatIsNoAddressLeadsNowhereAndIsNotShown(String address) {
    Project project = Sources.project("main.tf", BUCKET);
    var odd =
        new StateResource(Way.STATE, address, "aws_s3_bucket", at("a.b", OWN_ARN).attributes());
    assertNotCertain(
        locate(project, bucket("logs"), odd), "the state has it as something unreadable");
  }

  @Test
  void tagsDecideWhatAStateLeavesOpen() {
    String traced = "resource \"aws_vpc\" \"v\" {\n  tags = { yor_trace = \"t\" }\n}\n";
    Project project = Sources.project("dev/main.tf", traced, "prod/main.tf", traced);
    var locator = new Locator(project, List.of(at("aws_vpc.v", "{\"id\": \"vpc-1\"}")));
    assertFound(
        locator.locate(ec2("vpc/vpc-1"), Map.of("yor_trace", "t", "git_file", "prod/main.tf")),
        "prod/main.tf",
        Way.TAGS,
        "aws_vpc.v");
    assertNotCertain(
        locator.locate(ec2("vpc/vpc-1"), Map.of("yor_trace", "t", "git_file", "main.tf")),
        "the state has it as aws_vpc.v",
        "aws_vpc.v",
        "aws_vpc.v");
  }

  @Test
  void tagsThatContradictAStateDecideNothing() {
    Project project =
        Sources.project(
            "dev/main.tf",
            BUCKET,
            "prod/main.tf",
            BUCKET + "resource \"aws_s3_bucket\" \"t\" {\n  tags = { yor_trace = \"t\" }\n}\n");
    var locator = new Locator(project, List.of(at("aws_s3_bucket.this", OWN_ARN)));
    assertNotCertain(
        locator.locate(bucket("logs"), Map.of("yor_trace", "t", "git_file", "prod/main.tf")),
        "several places",
        "aws_s3_bucket.this",
        "aws_s3_bucket.this");
  }

  @Test
  void aPlanIsCalledAPlan() {
    StateResource planned =
        new StateResource(
            Way.PLAN, "aws_s3_bucket.this", "aws_s3_bucket", at("a.b", OWN_ARN).attributes());
    assertNotCertain(
        locate(Sources.project("main.tf", ""), bucket("logs"), planned),
        "the plan has it as aws_s3_bucket.this, and no root module");
    assertFound(
        locate(Sources.project("main.tf", BUCKET), bucket("logs"), planned),
        "main.tf",
        Way.PLAN,
        "aws_s3_bucket.this");
  }

  @Test
  void findsThePartsOfAResource() {
    Project project =
        Sources.project(
            "main.tf",
            """
            resource "aws_s3_bucket_public_access_block" "b" {}
            resource "aws_s3_bucket_versioning" "v" {}
            resource "aws_security_group_rule" "r" {}
            resource "aws_iam_role_policy" "p" {}
            resource "aws_iam_policy_attachment" "a" {}
            resource "aws_network_acl_rule" "n" {}
            resource "aws_flow_log" "f" {}
            resource "aws_ebs_encryption_by_default" "e" {}
            """);
    var locator =
        new Locator(
            project,
            List.of(
                at("aws_s3_bucket_public_access_block.b[0]", "{\"bucket\": \"logs\"}"),
                at("aws_s3_bucket_public_access_block.b[1]", "{\"bucket\": \"other\"}"),
                at("aws_s3_bucket_versioning.v", "{\"bucket\": \"logs\"}"),
                at("aws_security_group_rule.r", "{\"security_group_id\": \"sg-1\"}"),
                at("aws_iam_role_policy.p", "{\"role\": \"app\"}"),
                at(
                    "aws_iam_policy_attachment.a",
                    "{\"policy_arn\": \"arn:aws:iam::111122223333:policy/x\"}"),
                at("aws_network_acl_rule.n", "{\"network_acl_id\": \"acl-1\"}"),
                at("aws_flow_log.f", "{\"vpc_id\": \"vpc-1\"}"),
                at("aws_ebs_encryption_by_default.e", "{\"region\": \"eu-west-1\"}")));
    assertThat(parts(locator, bucket("logs")))
        .containsExactly("aws_s3_bucket_public_access_block.b", "aws_s3_bucket_versioning.v");
    assertThat(parts(locator, bucket("third"))).isEmpty();
    assertThat(parts(locator, ec2("security-group/sg-1")))
        .containsExactly("aws_security_group_rule.r");
    assertThat(parts(locator, iam("role/team/app"))).containsExactly("aws_iam_role_policy.p");
    assertThat(parts(locator, iam("policy/x"))).containsExactly("aws_iam_policy_attachment.a");
    assertThat(parts(locator, ec2("network-acl/acl-1"))).containsExactly("aws_network_acl_rule.n");
    assertThat(parts(locator, ec2("vpc/vpc-1"))).containsExactly("aws_flow_log.f");
    assertThat(parts(locator, iam("root"))).containsExactly("aws_ebs_encryption_by_default.e");
    assertThat(parts(locator, ec2("security-group/"))).isEmpty();
  }

  private static List<String> parts(Locator locator, ResourceRef resource) {
    return locator.parts(resource).stream()
        .map(part -> ((Location.Found) part).resource().address())
        .toList();
  }

  private static Location locate(Project project, ResourceRef resource, StateResource... known) {
    return new Locator(project, List.of(known)).locate(resource, Map.of());
  }

  static void assertFound(Location location, String file, Way way, String address) {
    assertThat(location).isInstanceOf(Location.Found.class);
    var found = (Location.Found) location;
    assertThat(found.resource().file().path()).isEqualTo(file);
    assertThat(found.way()).isEqualTo(way);
    assertThat(found.address()).isEqualTo(address);
  }

  static void assertNotCertain(Location location, String reason, String... candidates) {
    assertThat(location).isInstanceOf(Location.NotCertain.class);
    var open = (Location.NotCertain) location;
    assertThat(open.reason()).contains(reason);
    assertThat(open.candidates()).extracting(ResourceBlock::address).containsExactly(candidates);
  }
}
