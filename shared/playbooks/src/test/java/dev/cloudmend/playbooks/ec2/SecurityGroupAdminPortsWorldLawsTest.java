package dev.cloudmend.playbooks.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Assessment;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.playbooks.Baselines;
import dev.cloudmend.playbooks.fake.FakeAws;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SecurityGroupAdminPortsWorldLawsTest {

  private static final String GROUP = "sg-0123456789abcdef0";
  private static final ResourceRef RESOURCE =
      new ResourceRef(
          Arn.parse("arn:aws:ec2:eu-central-1:111122223333:security-group/" + GROUP),
          FakeAws.ACCOUNT,
          "eu-central-1");

  private final SecurityGroupAdminPortsWorld playbook = new SecurityGroupAdminPortsWorld();

  @Property(tries = 500)
  void onlyInboundRulesOfBroadPublicRangesThatReachAnAdminPortGo(
      @ForAll("groups") List<ObjectNode> rules) {
    FakeAws aws = account(rules);
    Set<String> revoked = revokedIds(playbook.assess(RESOURCE, Baselines.DEFAULT, aws));

    for (ObjectNode rule : aws.ec2().rules(GROUP)) {
      String source = rule.path("CidrIpv4").asText(rule.path("CidrIpv6").asText());
      boolean everybody = source.equals("0.0.0.0/0") || source.equals("::/0");
      boolean half = source.endsWith("/1");
      if (revoked.contains(rule.path("SecurityGroupRuleId").asText())) {
        assertThat(rule.path("IsEgress").asBoolean()).isFalse();
        assertThat(everybody || half).isTrue();
        assertThat(reachesAnAdminPort(rule)).isTrue();
      } else {
        assertThat(!rule.path("IsEgress").asBoolean() && everybody && reachesAnAdminPort(rule))
            .isFalse();
      }
    }
  }

  @Property(tries = 300)
  void halvesGoOnlyWhereTheyAreTheWorldOnOnePortOfOneProtocol(
      @ForAll("groups") List<ObjectNode> rules) {
    FakeAws aws = account(rules);
    Set<String> revoked = revokedIds(playbook.assess(RESOURCE, Baselines.DEFAULT, aws));

    for (ObjectNode rule : aws.ec2().rules(GROUP)) {
      boolean half =
          (rule.path("CidrIpv4").asText() + rule.path("CidrIpv6").asText()).endsWith("/1");
      if (half && !rule.path("IsEgress").asBoolean()) {
        assertThat(revoked.contains(rule.path("SecurityGroupRuleId").asText()))
            .isEqualTo(aws.ec2().rules(GROUP).stream().anyMatch(other -> isOtherHalf(rule, other)));
      }
    }
  }

  @Property(tries = 200)
  void thePlanDoesNotDependOnTheOrderInWhichTheServerListsRulesAndTags(
      @ForAll("groups") List<ObjectNode> rules, @ForAll long seed) {
    FakeAws aws = account(rules);
    Assessment first = playbook.assess(RESOURCE, Baselines.DEFAULT, aws);
    aws.ec2().shuffle(seed);

    assertThat(playbook.assess(RESOURCE, Baselines.DEFAULT, aws)).isEqualTo(first);
  }

  @Property(tries = 300)
  void appliedItIsCompliantAndUndoneItSaysTheSameAsBefore(
      @ForAll("groups") List<ObjectNode> rules) {
    FakeAws aws = account(rules);
    Set<JsonNode> before = sayings(aws);
    if (playbook.assess(RESOURCE, Baselines.DEFAULT, aws)
        instanceof Assessment.Violating(Change change)) {
      List<String> kept = new ArrayList<>(aws.ec2().ids(GROUP));
      kept.removeAll(revokedIds(new Assessment.Violating(change)));

      aws.make(change);
      assertThat(aws.ec2().ids(GROUP)).containsExactlyInAnyOrderElementsOf(kept);
      assertThat(playbook.observe(change, aws)).isEqualTo(change.after());
      assertThat(playbook.assess(RESOURCE, Baselines.DEFAULT, aws))
          .isEqualTo(new Assessment.Compliant());

      assertThat(playbook.undo(change, aws))
          .isInstanceOfSatisfying(
              Assessment.Violating.class,
              undo -> {
                assertThat(undo.change().after()).isEqualTo(change.before());
                aws.make(undo.change());
              });
      assertThat(playbook.observe(change, aws)).isEqualTo(change.before());
      assertThat(sayings(aws)).isEqualTo(before);
      assertThat(playbook.undo(change, aws)).isEqualTo(new Assessment.Compliant());
    }
  }

  @Provide
  Arbitrary<List<ObjectNode>> groups() {
    Arbitrary<ObjectNode> rules =
        Combinators.combine(
                Arbitraries.of("tcp", "tcp", "udp", "-1", "icmp", "6", "50"),
                Arbitraries.of(0, 20, 22, 23, 80, 3388, 3389),
                Arbitraries.of(0, 2, 400, 65_000),
                Arbitraries.of(
                    "CidrIpv4 0.0.0.0/0",
                    "CidrIpv6 ::/0",
                    "CidrIpv4 0.0.0.0/1",
                    "CidrIpv4 128.0.0.0/1",
                    "CidrIpv6 ::/1",
                    "CidrIpv6 8000::/1",
                    "CidrIpv4 10.0.0.0/8",
                    "CidrIpv4 192.168.0.0/16",
                    "CidrIpv4 203.0.113.7/32",
                    "CidrIpv4 52.0.0.0/8",
                    "CidrIpv6 fd00::/8",
                    "CidrIpv6 2001:db8::/32",
                    "PrefixListId pl-1",
                    "ReferencedGroupInfo sg-2"),
                Arbitraries.of(true, false, false, false),
                Arbitraries.of("", "temporary", "it's \"open\""),
                Arbitraries.maps(Arbitraries.of("a", "b", "c"), Arbitraries.of("1", "2"))
                    .ofMaxSize(3))
            .as(
                (protocol, from, span, source, egress, description, tags) -> {
                  ObjectNode rule =
                      Json.object().put("IsEgress", egress).put("IpProtocol", protocol);
                  if (!protocol.equals("50")) {
                    rule.put("FromPort", from).put("ToPort", Math.min(from + span, 65_535));
                  }
                  String member = source.substring(0, source.indexOf(' '));
                  String value = source.substring(member.length() + 1);
                  if (member.equals("ReferencedGroupInfo")) {
                    rule.putObject(member).put("GroupId", value);
                  } else {
                    rule.put(member, value);
                  }
                  if (!description.isEmpty()) {
                    rule.put("Description", description);
                  }
                  var all = rule.putArray("Tags");
                  tags.forEach((key, text) -> all.addObject().put("Key", key).put("Value", text));
                  return rule;
                });
    return rules.list().ofMaxSize(12).uniqueElements(this::permission);
  }

  /** EC2 has no two rules of a group that differ in nothing but description and tags. */
  private String permission(ObjectNode rule) {
    ObjectNode bare = rule.deepCopy();
    bare.remove(List.of("Description", "Tags"));
    if (rule.path("IpProtocol").asText().equals("-1")) {
      bare.remove(List.of("FromPort", "ToPort"));
    }
    return bare.toString();
  }

  private static FakeAws account(List<ObjectNode> rules) {
    var aws = new FakeAws();
    aws.ec2().group(GROUP);
    rules.forEach(rule -> aws.ec2().rule(GROUP, rule));
    return aws;
  }

  private static boolean reachesAnAdminPort(ObjectNode rule) {
    return reaches(rule, "tcp", 22)
        || reaches(rule, "tcp", 3389)
        || reaches(rule, "udp", 22)
        || reaches(rule, "udp", 3389);
  }

  private static boolean reaches(ObjectNode rule, String transport, int port) {
    String protocol = rule.path("IpProtocol").asText();
    return protocol.equals("-1")
        || ((protocol.equals(transport) || (protocol.equals("6") && transport.equals("tcp")))
            && rule.path("FromPort").asInt() <= port
            && rule.path("ToPort").asInt() >= port);
  }

  private static boolean isOtherHalf(ObjectNode rule, ObjectNode other) {
    String one = rule.path("CidrIpv4").asText() + rule.path("CidrIpv6").asText();
    String two = other.path("CidrIpv4").asText() + other.path("CidrIpv6").asText();
    Set<String> pair = new HashSet<>(List.of(one, two));
    boolean halves =
        pair.equals(Set.of("0.0.0.0/1", "128.0.0.0/1")) || pair.equals(Set.of("::/1", "8000::/1"));
    return halves
        && !other.path("IsEgress").asBoolean()
        && List.of("tcp", "udp").stream()
            .anyMatch(
                t ->
                    (reaches(rule, t, 22) && reaches(other, t, 22))
                        || (reaches(rule, t, 3389) && reaches(other, t, 3389)));
  }

  private static Set<String> revokedIds(Assessment assessment) {
    var ids = new HashSet<String>();
    if (assessment instanceof Assessment.Violating(Change change)) {
      change
          .apply()
          .getFirst()
          .parameters()
          .path("SecurityGroupRuleIds")
          .forEach(id -> ids.add(id.asText()));
    }
    return ids;
  }

  /** What the rules of the group say, whatever their ids and the order of their tags. */
  private static Set<JsonNode> sayings(FakeAws aws) {
    var sayings = new HashSet<JsonNode>();
    for (ObjectNode rule : aws.ec2().rules(GROUP)) {
      ObjectNode saying = rule.deepCopy();
      saying.remove("SecurityGroupRuleId");
      ObjectNode tags = Json.object();
      rule.path("Tags").forEach(t -> tags.put(t.path("Key").asText(), t.path("Value").asText()));
      saying.set("Tags", tags);
      sayings.add(saying);
    }
    return sayings;
  }
}
