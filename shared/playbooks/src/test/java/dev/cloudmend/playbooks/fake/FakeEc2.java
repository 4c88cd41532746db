package dev.cloudmend.playbooks.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** Security groups and their rules, as DescribeSecurityGroupRules shows them. */
public final class FakeEc2 {

  public static final String REGION = "eu-central-1";

  private final Map<String, List<ObjectNode>> groups = new LinkedHashMap<>();
  private final Map<String, String> owners = new LinkedHashMap<>();

  /** Tags by the id of what has them. */
  public final Map<String, Map<String, String>> tags = new LinkedHashMap<>();

  private Random order = new Random(1);
  private int nextId = 1;

  public void group(String id) {
    groups.put(id, new ArrayList<>());
    owners.put(id, FakeAws.ACCOUNT);
  }

  public void groupOf(String owner, String id) {
    group(id);
    owners.put(id, owner);
  }

  public void deleteGroup(String id) {
    groups.remove(id);
  }

  /** Lists rules and their tags in another order from now on. */
  public void shuffle(long seed) {
    order = new Random(seed);
  }

  /** Adds a rule that lacks only what EC2 gives it; returns its id. */
  public String rule(String group, String json) {
    return rule(group, Json.parseObject(json));
  }

  public String rule(String group, ObjectNode rule) {
    String id = "sgr-%017x".formatted(nextId++ * 7919 % 104_729);
    ObjectNode stored = Json.object().put("SecurityGroupRuleId", id).put("GroupId", group);
    stored.put("IsEgress", false);
    stored.setAll(rule);
    if (stored.path("IpProtocol").asText().equals("-1")) {
      stored.put("FromPort", -1).put("ToPort", -1);
    }
    Objects.requireNonNull(groups.get(group)).add(stored);
    return id;
  }

  /** The rules of a group as they stand. */
  public List<ObjectNode> rules(String group) {
    return List.copyOf(Objects.requireNonNull(groups.get(group)));
  }

  public List<String> ids(String group) {
    return rules(group).stream().map(r -> r.path("SecurityGroupRuleId").asText()).toList();
  }

  public void remove(String group, String id) {
    Objects.requireNonNull(groups.get(group))
        .removeIf(r -> r.path("SecurityGroupRuleId").asText().equals(id));
  }

  ObjectNode answer(ApiCall call) {
    if (!call.region().equals(REGION)) {
      throw FakeAws.error(call, "InvalidGroup.NotFound");
    }
    ObjectNode in = call.parameters();
    return switch (call.operation()) {
      case "DescribeSecurityGroups" -> describeGroup(call, in.path("GroupIds").path(0).asText());
      case "DescribeSecurityGroupRules" ->
          describeRules(in.path("Filters").path(0).path("Values").path(0).asText());
      case "DescribeTags" -> {
        ObjectNode out = Json.object();
        JsonNode filter = in.path("Filters").path(0);
        if (!filter.path("Name").asText().equals("resource-id")) {
          throw new AssertionError("asks for other tags: " + in);
        }
        tags.getOrDefault(filter.path("Values").path(0).asText(), Map.of())
            .forEach(
                (key, value) ->
                    out.withArray("Tags").addObject().put("Key", key).put("Value", value));
        yield out;
      }
      case "RevokeSecurityGroupIngress" -> revoke(call, existing(call, in));
      case "AuthorizeSecurityGroupIngress" -> authorise(call, existing(call, in));
      default -> throw new AssertionError("no such operation: " + call.name());
    };
  }

  private ObjectNode describeGroup(ApiCall call, String id) {
    if (!groups.containsKey(id)) {
      throw FakeAws.error(call, "InvalidGroup.NotFound");
    }
    ObjectNode out = Json.object();
    out.putArray("SecurityGroups")
        .addObject()
        .put("GroupId", id)
        .put("GroupName", "web")
        .put("VpcId", "vpc-1")
        .put("OwnerId", owners.get(id));
    return out;
  }

  private ObjectNode describeRules(String id) {
    var rules = new ArrayList<JsonNode>();
    for (ObjectNode rule : groups.getOrDefault(id, List.of())) {
      ObjectNode shown = rule.deepCopy();
      var tags = new ArrayList<JsonNode>();
      rule.path("Tags").forEach(tags::add);
      Collections.shuffle(tags, order);
      shown.putArray("Tags").addAll(tags);
      rules.add(shown);
    }
    Collections.shuffle(rules, order);
    ObjectNode out = Json.object();
    out.putArray("SecurityGroupRules").addAll(rules);
    return out;
  }

  private ObjectNode revoke(ApiCall call, String group) {
    JsonNode ids = call.parameters().path("SecurityGroupRuleIds");
    List<ObjectNode> rules = Objects.requireNonNull(groups.get(group));
    for (JsonNode id : ids) {
      boolean inbound =
          rules.stream()
              .anyMatch(
                  r ->
                      r.path("SecurityGroupRuleId").equals(id)
                          && !r.path("IsEgress").booleanValue());
      if (!inbound) {
        throw FakeAws.error(call, "InvalidSecurityGroupRuleId.NotFound");
      }
    }
    for (JsonNode id : ids) {
      remove(group, id.asText());
    }
    for (ObjectNode named : rulesOf(call.parameters().path("IpPermissions"))) {
      if (!rules.removeIf(r -> !r.path("IsEgress").booleanValue() && samePermission(r, named))) {
        throw FakeAws.error(call, "InvalidPermission.NotFound");
      }
    }
    return Json.object().put("Return", true);
  }

  private ObjectNode authorise(ApiCall call, String group) {
    List<ObjectNode> rules = rulesOf(call.parameters().path("IpPermissions"));
    for (ObjectNode rule : rules) {
      boolean there =
          rules(group).stream()
              .anyMatch(r -> !r.path("IsEgress").booleanValue() && samePermission(r, rule));
      if (there) {
        throw FakeAws.error(call, "InvalidPermission.Duplicate");
      }
    }
    JsonNode tags = call.parameters().path("TagSpecifications").path(0).path("Tags");
    for (ObjectNode rule : rules) {
      if (tags instanceof ArrayNode) {
        rule.set("Tags", tags.deepCopy());
      }
      rule(group, rule);
    }
    return Json.object().put("Return", true);
  }

  private static List<ObjectNode> rulesOf(JsonNode permissions) {
    var rules = new ArrayList<ObjectNode>();
    for (JsonNode permission : permissions) {
      for (String family : List.of("IpRanges", "Ipv6Ranges")) {
        for (JsonNode range : permission.path(family)) {
          ObjectNode rule = Json.object();
          for (String member : List.of("IpProtocol", "FromPort", "ToPort")) {
            if (permission.has(member)) {
              rule.set(member, permission.required(member));
            }
          }
          boolean v6 = family.equals("Ipv6Ranges");
          rule.set(v6 ? "CidrIpv6" : "CidrIpv4", range.required(v6 ? "CidrIpv6" : "CidrIp"));
          if (range.has("Description")) {
            rule.set("Description", range.required("Description"));
          }
          rules.add(rule);
        }
      }
    }
    return rules;
  }

  private static boolean samePermission(ObjectNode one, ObjectNode other) {
    boolean all = one.path("IpProtocol").asText().equals("-1");
    return List.of("IpProtocol", "FromPort", "ToPort", "CidrIpv4", "CidrIpv6").stream()
        .filter(member -> !(all && member.endsWith("Port")))
        .allMatch(member -> one.path(member).equals(other.path(member)));
  }

  private String existing(ApiCall call, ObjectNode in) {
    String group = in.path("GroupId").asText();
    if (!groups.containsKey(group)) {
      throw FakeAws.error(call, "InvalidGroup.NotFound");
    }
    return group;
  }
}
