package dev.cloudmend.playbooks.ec2;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.aws.AwsCallException;
import dev.cloudmend.aws.AwsReader;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Assessment;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.Reversibility;
import dev.cloudmend.model.Target;
import dev.cloudmend.model.Text;
import dev.cloudmend.playbooks.Baselines;
import dev.cloudmend.playbooks.LiveState;
import dev.cloudmend.playbooks.Playbook;
import dev.cloudmend.playbooks.PlaybookInfo;
import dev.cloudmend.playbooks.Undo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Revokes the inbound rules of a security group that open SSH or RDP to the world, each by its id,
 * so that nothing that shares its ports goes with it. {@link AdminPorts} says which those are.
 *
 * <p>The state is {@code {"rules": […]}}, sorted, without rule ids: undo authorises the very same
 * rules, which get new ids.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html">Security
 *     group rules</a>
 */
public final class SecurityGroupAdminPortsWorld implements Playbook {

  private static final Pattern RESOURCE = Pattern.compile("security-group/(sg-[0-9a-f]+)");

  @Override
  public PlaybookInfo info() {
    return AdminPortsInfo.INFO;
  }

  @Override
  public Assessment assess(ResourceRef resource, Baselines baselines, AwsReader aws) {
    return LiveState.of(
        resource.account(),
        aws,
        () -> {
          Arn arn = resource.arn();
          if (!arn.service().equals("ec2")
              || arn.region().isEmpty()
              || !arn.account().equals(resource.account())
              || !RESOURCE.matcher(arn.resource()).matches()) {
            return new Assessment.NotApplicable(
                Text.shown(arn.toString(), 200)
                    + " is not a security group of the account; expected arn:"
                    + arn.partition()
                    + ":ec2:region:"
                    + resource.account()
                    + ":security-group/sg-…");
          }
          return assess(new Target(arn.partition(), resource.account(), arn.region(), arn), aws);
        });
  }

  @Override
  public JsonNode observe(Change change, AwsReader aws) {
    Set<IngressRule.Permission> spokenOf = new HashSet<>();
    Stream.of(change.before(), change.after())
        .flatMap(state -> rules(state).stream())
        .forEach(rule -> spokenOf.add(rule.permission()));
    return state(
        liveRules(change.target(), aws).stream()
            .map(IngressRule.Live::rule)
            .filter(rule -> spokenOf.contains(rule.permission()))
            .toList());
  }

  /** Takes back only what is missing: a rule that somebody opened again is left as it is. */
  @Override
  public Assessment undo(Change applied, AwsReader aws) {
    return LiveState.of(
        applied.target().account(),
        aws,
        () -> {
          describe(applied.target(), aws);
          JsonNode observed = observe(applied, aws);
          return rules(applied.after()).isEmpty()
              ? reopen(applied, rules(observed))
              : Undo.plan(applied, observed);
        });
  }

  private static Assessment assess(Target target, AwsReader aws) {
    JsonNode group;
    List<IngressRule.Live> offending;
    try {
      group = describe(target, aws);
      offending = AdminPorts.openToTheWorld(liveRules(target, aws));
    } catch (AwsCallException e) {
      if (e.code().equals("InvalidGroupId.Malformed")) {
        return new Assessment.NotApplicable("EC2 knows no such id: " + groupId(target));
      }
      throw e;
    }
    if (!group.path("OwnerId").asText(target.account()).equals(target.account())) {
      return new Assessment.Blocked(
          groupId(target) + " is shared with the account; only its owner's account can change it");
    }
    if (offending.isEmpty()) {
      return new Assessment.Compliant();
    }
    List<IngressRule> revoked = offending.stream().map(IngressRule.Live::rule).toList();
    ArrayNode ids = Json.mapper().createArrayNode();
    offending.stream().map(IngressRule.Live::id).sorted().forEach(ids::add);
    ObjectNode evidence = Json.object();
    evidence.put("groupName", Text.bounded(group.path("GroupName").asText()));
    evidence.put("vpcId", group.path("VpcId").asText());
    return new Assessment.Violating(
        new Change(
            target,
            AdminPortsInfo.INFO.id(),
            AdminPortsInfo.INFO.version(),
            state(revoked),
            state(List.of()),
            List.of(revoke(target, "SecurityGroupRuleIds", ids)),
            byTags(revoked).stream().map(batch -> authorise(target, batch)).toList(),
            Reversibility.EQUIVALENT,
            null,
            "Revoke "
                + (offending.size() == 1 ? "the rule" : "the " + offending.size() + " rules")
                + " of security group "
                + groupId(target)
                + (offending.size() == 1 ? " that opens" : " that open")
                + " SSH or RDP to the world",
            warnings(offending),
            evidence));
  }

  private static Assessment reopen(Change applied, List<IngressRule> there) {
    Set<IngressRule.Permission> open = new HashSet<>();
    there.forEach(rule -> open.add(rule.permission()));
    List<IngressRule> missing =
        rules(applied.before()).stream().filter(r -> !open.contains(r.permission())).toList();
    if (missing.isEmpty()) {
      return new Assessment.Compliant();
    }
    List<List<IngressRule>> batches = byTags(missing);
    return new Assessment.Violating(
        Undo.change(
            applied,
            state(there),
            state(Stream.concat(there.stream(), missing.stream()).toList()),
            batches.stream().map(batch -> authorise(applied.target(), batch)).toList(),
            // The new rules' ids are not known before they are there.
            batches.reversed().stream()
                .map(batch -> revoke(applied.target(), "IpPermissions", permissions(batch)))
                .toList(),
            Reversibility.EQUIVALENT));
  }

  /** Rules of the same tags together: the tags of a call are given to all of its rules. */
  private static List<List<IngressRule>> byTags(Collection<IngressRule> rules) {
    return List.copyOf(
        rules.stream()
            .sorted(IngressRule.ORDER)
            .collect(
                Collectors.groupingBy(
                    rule -> Json.write(rule.tags()), TreeMap::new, Collectors.toList()))
            .values());
  }

  private static ApiCall authorise(Target target, List<IngressRule> sameTags) {
    ObjectNode parameters = Json.object().put("GroupId", groupId(target));
    parameters.set("IpPermissions", permissions(sameTags));
    SortedMap<String, String> tags = sameTags.getFirst().tags();
    if (!tags.isEmpty()) {
      parameters.set("TagSpecifications", tagSpecifications(tags));
    }
    return new ApiCall("ec2", "AuthorizeSecurityGroupIngress", target.region(), parameters);
  }

  private static ArrayNode permissions(List<IngressRule> rules) {
    ArrayNode permissions = Json.mapper().createArrayNode();
    rules.forEach(rule -> permissions.add(rule.toPermission()));
    return permissions;
  }

  private static ArrayNode tagSpecifications(SortedMap<String, String> tags) {
    ArrayNode specifications = Json.mapper().createArrayNode();
    ArrayNode all =
        specifications.addObject().put("ResourceType", "security-group-rule").putArray("Tags");
    tags.forEach((key, value) -> all.addObject().put("Key", key).put("Value", value));
    return specifications;
  }

  private static List<String> warnings(List<IngressRule.Live> offending) {
    var warnings = new ArrayList<String>();
    warnings.add(
        "Whoever administers instances of this group over SSH or RDP from an address that no other"
            + " rule lets in loses access; connections that are open may last until they end.");
    for (IngressRule.Live live :
        offending.stream()
            .sorted((a, b) -> IngressRule.ORDER.compare(a.rule(), b.rule()))
            .toList()) {
      if (!live.rule().isOnePort()) {
        warnings.add(
            live.rule().shown()
                + " ("
                + live.id()
                + ") is revoked whole: its other ports close as well.");
      }
      if (!live.rule().range().isEverything()) {
        warnings.add(
            live.rule().shown()
                + " ("
                + live.id()
                + ") is a part of the world, but the rules of this group are all of it together.");
      }
      if (live.awsTags()) {
        warnings.add(live.id() + " has tags that begin with aws: and that undo cannot give back.");
      }
    }
    return warnings;
  }

  private static JsonNode describe(Target target, AwsReader aws) {
    ObjectNode parameters = Json.object();
    parameters.putArray("GroupIds").add(groupId(target));
    // DescribeSecurityGroupRules says nothing of a group that is gone: it has no rules.
    JsonNode group =
        aws.read(new ApiCall("ec2", "DescribeSecurityGroups", target.region(), parameters))
            .path("SecurityGroups")
            .path(0);
    if (group.isMissingNode()) {
      throw new ModelException("ec2:DescribeSecurityGroups answered without " + groupId(target));
    }
    return group;
  }

  private static List<IngressRule.Live> liveRules(Target target, AwsReader aws) {
    ObjectNode parameters = Json.object();
    parameters
        .putArray("Filters")
        .addObject()
        .put("Name", "group-id")
        .putArray("Values")
        .add(groupId(target));
    return aws
        .readAll(
            new ApiCall("ec2", "DescribeSecurityGroupRules", target.region(), parameters),
            "SecurityGroupRules")
        .stream()
        .filter(rule -> rule.path("GroupId").asText().equals(groupId(target)))
        .map(IngressRule::read)
        .flatMap(Optional::stream)
        .toList();
  }

  private static ApiCall revoke(Target target, String member, ArrayNode rules) {
    ObjectNode parameters = Json.object().put("GroupId", groupId(target));
    parameters.set(member, rules);
    return new ApiCall("ec2", "RevokeSecurityGroupIngress", target.region(), parameters);
  }

  private static String groupId(Target target) {
    return target.arn().resource().substring("security-group/".length());
  }

  private static List<IngressRule> rules(JsonNode state) {
    var rules = new ArrayList<IngressRule>();
    state.path("rules").forEach(rule -> rules.add(IngressRule.ofState(rule)));
    return rules;
  }

  private static ObjectNode state(Collection<IngressRule> rules) {
    ObjectNode state = Json.object();
    ArrayNode all = state.putArray("rules");
    rules.stream().sorted(IngressRule.ORDER).forEach(rule -> all.add(rule.toState()));
    return state;
  }
}
