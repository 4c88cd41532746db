package dev.cloudmend.playbooks.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.aws.AwsCallException;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Assessment;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.Reversibility;
import dev.cloudmend.playbooks.Baselines;
import dev.cloudmend.playbooks.PlaybookInfo;
import dev.cloudmend.playbooks.fake.FakeAws;
import dev.cloudmend.playbooks.fake.FakeEc2;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityGroupAdminPortsWorldTest {

  private static final String GROUP = "sg-0123456789abcdef0";
  private static final String ARN = "arn:aws:ec2:eu-central-1:111122223333:security-group/" + GROUP;
  private static final String SSH =
      """
      {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIpv4": "0.0.0.0/0"}""";

  private final FakeAws aws = new FakeAws();
  private final SecurityGroupAdminPortsWorld playbook = new SecurityGroupAdminPortsWorld();

  @BeforeEach
  void makeTheGroup() {
    aws.ec2().group(GROUP);
  }

  @Test
  void plansTheDocumentedExample() {
    PlaybookInfo.Example example = playbook.info().example();
    String id =
        rule(
            """
            {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIpv4": "0.0.0.0/0",
             "Description": "temporary", "Tags": [{"Key": "owner", "Value": "platform"}]}""");
    rule(
        """
        {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIpv4": "203.0.113.0/24",
         "Description": "office"}""");

    Change change = violation();

    assertThat(change.before()).isEqualTo(example.before());
    assertThat(change.after()).isEqualTo(example.after());
    assertThat(change.apply())
        .containsExactly(
            call(
                "RevokeSecurityGroupIngress",
                """
                {"GroupId": "%s", "SecurityGroupRuleIds": ["%s"]}"""
                    .formatted(GROUP, id)));
    assertThat(change.undo())
        .containsExactly(
            call(
                "AuthorizeSecurityGroupIngress",
                """
                {"GroupId": "%s",
                 "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22,
                   "IpRanges": [{"CidrIp": "0.0.0.0/0", "Description": "temporary"}]}],
                 "TagSpecifications": [{"ResourceType": "security-group-rule",
                   "Tags": [{"Key": "owner", "Value": "platform"}]}]}"""
                    .formatted(GROUP)));
    assertThat(change.reversibility()).isEqualTo(Reversibility.EQUIVALENT);
    assertThat(change.target().region()).isEqualTo(FakeEc2.REGION);
    assertThat(change.evidence().path("groupName").asText()).isEqualTo("web");
  }

  @Test
  void revokesOnlyTheWorldRulesAndKeepsWhatSharesTheirPorts() {
    List<String> world =
        Stream.of(
                SSH,
                """
                {"IpProtocol": "tcp", "FromPort": 3389, "ToPort": 3389, "CidrIpv6": "::/0"}""",
                """
                {"IpProtocol": "udp", "FromPort": 3389, "ToPort": 3389, "CidrIpv4": "0.0.0.0/0"}""",
                """
                {"IpProtocol": "6", "FromPort": 20, "ToPort": 25, "CidrIpv4": "0.0.0.0/0"}""",
                """
                {"IpProtocol": "-1", "CidrIpv6": "::/0"}""",
                """
                {"IpProtocol": "tcp", "FromPort": -1, "ToPort": -1, "CidrIpv4": "0.0.0.0/0"}""")
            .map(this::rule)
            .sorted()
            .toList();
    Stream.of(
            """
            {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIpv4": "10.0.0.0/8"}""",
            """
            {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "PrefixListId": "pl-1"}""",
            """
            {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22,
             "ReferencedGroupInfo": {"GroupId": "sg-2"}}""",
            """
            {"IpProtocol": "-1", "CidrIpv4": "192.168.0.0/16"}""",
            """
            {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIpv4": "0.0.0.0/0"}""",
            """
            {"IpProtocol": "tcp", "FromPort": 23, "ToPort": 3388, "CidrIpv4": "0.0.0.0/0"}""",
            """
            {"IpProtocol": "icmp", "FromPort": -1, "ToPort": -1, "CidrIpv4": "0.0.0.0/0"}""",
            """
            {"IpProtocol": "50", "CidrIpv4": "0.0.0.0/0"}""",
            """
            {"IsEgress": true, "IpProtocol": "-1", "CidrIpv4": "0.0.0.0/0"}""",
            """
            {"IsEgress": true, "IpProtocol": "tcp", "FromPort": 22, "ToPort": 22,
             "CidrIpv6": "::/0"}""")
        .forEach(this::rule);

    assertThat(revokedIds(violation())).containsExactlyElementsOf(world);
  }

  @Test
  void revokesHalvesThatAreTheWorldTogether() {
    String low = rule(tcp(22, 22, "0.0.0.0/1"));
    String high = rule(tcp(0, 1024, "128.0.0.0/1"));
    rule(tcp(22, 22, "198.51.100.0/24"));

    assertThat(revokedIds(violation())).containsExactlyInAnyOrder(low, high);
  }

  @Test
  void revokesTheHalvesThatStandBehindAWorldRule() {
    String all = rule(SSH);
    String low = rule(tcp(22, 22, "0.0.0.0/1"));
    String high = rule(tcp(22, 22, "128.0.0.0/1"));

    Change change = violation();
    aws.make(change);

    assertThat(revokedIds(change)).containsExactlyInAnyOrder(all, low, high);
    assertThat(assess(ARN)).isEqualTo(new Assessment.Compliant());
  }

  @Test
  void leavesHalvesThatReachTheWorldOnlyOnDifferentPortsOrProtocols() {
    rule(tcp(22, 22, "0.0.0.0/1"));
    rule(tcp(3389, 3389, "128.0.0.0/1"));
    rule(
        """
        {"IpProtocol": "udp", "FromPort": 22, "ToPort": 22, "CidrIpv4": "128.0.0.0/1"}""");
    rule(
        """
        {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIpv6": "8000::/1"}""");

    assertThat(assess(ARN)).isEqualTo(new Assessment.Compliant());
  }

  @Test
  void keepsAPrivateRangeAndANetworkThatFillGapsOfTheWorld() {
    String low = rule(tcp(22, 22, "0.0.0.0/1"));
    String ten = rule(tcp(22, 22, "10.0.0.0/8"));
    // All of 128.0.0.0/1 but for 203.0.113.0/24, in ranges of ever smaller size.
    for (int prefix = 2; prefix <= 24; prefix++) {
      rule(tcp(22, 22, cidr(0xCB007100L ^ (1L << (32 - prefix)), prefix)));
    }
    String office = rule(tcp(22, 22, "203.0.113.0/24"));

    List<String> revoked = revokedIds(violation());

    assertThat(revoked).contains(low).doesNotContain(office, ten);
    assertThat(revoked).hasSize(15);
  }

  @Test
  void saysWhatElseClosesAndWhatIsOnlyPartOfTheWorld() {
    rule(tcp(0, 65535, "0.0.0.0/1"));
    rule(tcp(22, 22, "128.0.0.0/1"));

    assertThat(violation().warnings())
        .anyMatch(w -> w.contains("loses access"))
        .anyMatch(w -> w.startsWith("tcp 0-65535 from 0.0.0.0/1") && w.contains("revoked whole"))
        .anyMatch(w -> w.startsWith("tcp 22 from 128.0.0.0/1") && w.contains("a part of the world"))
        .noneMatch(w -> w.startsWith("tcp 22") && w.contains("revoked whole"));
  }

  @Test
  void leavesTagsOfAwsOutOfTheUndoAndSaysSo() {
    rule(
        """
        {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIpv4": "0.0.0.0/0",
         "Tags": [{"Key": "aws:cloudformation:stack-name", "Value": "web"}]}""");

    Change change = violation();

    assertThat(change.undo().getFirst().parameters().has("TagSpecifications")).isFalse();
    assertThat(change.before().at("/rules/0").has("tags")).isFalse();
    assertThat(change.warnings()).anyMatch(w -> w.contains("begin with aws:"));
  }

  @Test
  void undoesInOneCallForAllRulesOfTheSameTags() {
    rule(SSH);
    rule(tcp(3389, 3389, "0.0.0.0/0"));
    rule(
        """
        {"IpProtocol": "-1", "CidrIpv6": "::/0", "Description": "all",
         "Tags": [{"Key": "b", "Value": "2"}, {"Key": "a", "Value": "1"}]}""");

    Change change = violation();

    assertThat(change.undo()).hasSize(2);
    assertThat(change.undo())
        .extracting(undo -> undo.parameters().path("IpPermissions").size())
        .containsExactlyInAnyOrder(2, 1);
  }

  @Test
  void undoDoesNotDoubleARuleThatSomebodyOpenedAgain() {
    rule(SSH);
    rule(tcp(3389, 3389, "0.0.0.0/0"));
    Change change = violation();
    aws.make(change);
    rule(
        """
        {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIpv4": "0.0.0.0/0",
         "Description": "again"}""");

    Change undo = undoOf(change);
    aws.make(undo);

    assertThat(undo.before().path("rules")).hasSize(1);
    assertThat(undo.apply().getFirst().parameters().at("/IpPermissions/0/FromPort").asInt())
        .isEqualTo(3389);
    assertThat(playbook.observe(change, aws)).isEqualTo(undo.after());
    assertThat(playbook.undo(change, aws)).isEqualTo(new Assessment.Compliant());
  }

  @Test
  void aRuleThatIsOpenedAgainWithAnotherDescriptionShowsWhenTheChangeIsVerified() {
    rule(SSH);
    Change change = violation();
    aws.make(change);
    rule(
        """
        {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIpv4": "0.0.0.0/0",
         "Description": "again"}""");

    assertThat(playbook.observe(change, aws)).isNotEqualTo(change.after());
  }

  @Test
  void whatOthersDidBesideTheChangeDoesNotShow() {
    rule(SSH);
    Change change = violation();
    aws.make(change);
    rule(tcp(443, 443, "0.0.0.0/0"));

    assertThat(playbook.observe(change, aws)).isEqualTo(change.after());
  }

  @Test
  void anUndoCanBeTakenBackByWhatTheRulesSayForTheirIdsAreNew() {
    rule(SSH);
    rule(
        """
        {"IpProtocol": "-1", "CidrIpv6": "::/0", "Tags": [{"Key": "a", "Value": "1"}]}""");
    Change change = violation();
    aws.make(change);
    Change undo = undoOf(change);
    aws.make(undo);
    assertThat(aws.ec2().rules(GROUP)).hasSize(2);

    aws.make(undoOf(undo));

    assertThat(aws.ec2().rules(GROUP)).isEmpty();
    assertThat(undo.hash()).isNotEqualTo(change.hash());
  }

  @Test
  void saysThatAGroupIsGoneAlsoWhenItIsToBeUndone() {
    rule(SSH);
    Change change = violation();
    aws.ec2().deleteGroup(GROUP);

    assertThat(assess(ARN)).isInstanceOf(Assessment.NotFound.class);
    assertThat(playbook.undo(change, aws)).isInstanceOf(Assessment.NotFound.class);
  }

  @Test
  void isBlockedOnAGroupThatAnotherAccountShares() {
    aws.ec2().groupOf("999999999999", GROUP);
    rule(SSH);

    assertThat(assess(ARN)).isInstanceOf(Assessment.Blocked.class);
  }

  @Test
  void isContentWithAGroupWithoutRules() {
    assertThat(assess(ARN)).isEqualTo(new Assessment.Compliant());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:ec2:eu-central-1:111122223333:instance/i-0123456789abcdef0",
        "arn:aws:ec2:eu-central-1:111122223333:security-group/web",
        "arn:aws:ec2:eu-central-1:999999999999:security-group/sg-1",
        "arn:aws:ec2::111122223333:security-group/sg-1",
        "arn:aws:s3:::shop"
      })
  void doesNotSpeakOfWhatIsNoSecurityGroupOfTheAccount(String arn) {
    assertThat(assess(arn))
        .asInstanceOf(type(Assessment.NotApplicable.class))
        .extracting(Assessment.NotApplicable::reason)
        .asString()
        .contains(arn);
    assertThat(aws.reads()).isEmpty();
  }

  @Test
  void passesOnThatAReadWasDenied() {
    aws.failing("DescribeSecurityGroupRules", AwsCallException.Kind.ACCESS_DENIED);

    assertThatThrownBy(() -> assess(ARN)).isInstanceOf(AwsCallException.class);
  }

  @Test
  void refusesARuleThatDoesNotSayWhichWayItGoes() {
    aws.ec2().rule(GROUP, Json.parseObject(SSH).putNull("IsEgress"));

    assertThatThrownBy(() -> assess(ARN))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("IsEgress");
  }

  private String rule(String json) {
    return aws.ec2().rule(GROUP, json);
  }

  private static String tcp(int from, int to, String range) {
    return """
        {"IpProtocol": "tcp", "FromPort": %d, "ToPort": %d, "CidrIpv4": "%s"}"""
        .formatted(from, to, range);
  }

  private static String cidr(long network, int prefix) {
    long first = network & (0xFFFFFFFFL << (32 - prefix));
    return "%d.%d.%d.%d/%d"
        .formatted(
            (first >> 24) & 255, (first >> 16) & 255, (first >> 8) & 255, first & 255, prefix);
  }

  private Assessment assess(String arn) {
    return playbook.assess(
        new ResourceRef(Arn.parse(arn), FakeAws.ACCOUNT, "us-east-1"), Baselines.DEFAULT, aws);
  }

  private Change violation() {
    return assertThat(assess(ARN)).asInstanceOf(type(Assessment.Violating.class)).actual().change();
  }

  private Change undoOf(Change change) {
    return assertThat(playbook.undo(change, aws))
        .asInstanceOf(type(Assessment.Violating.class))
        .actual()
        .change();
  }

  private static List<String> revokedIds(Change change) {
    return change
        .apply()
        .getFirst()
        .parameters()
        .path("SecurityGroupRuleIds")
        .valueStream()
        .map(JsonNode::asText)
        .toList();
  }

  private static ApiCall call(String operation, String parameters) {
    return new ApiCall("ec2", operation, FakeEc2.REGION, Json.parseObject(parameters));
  }
}
