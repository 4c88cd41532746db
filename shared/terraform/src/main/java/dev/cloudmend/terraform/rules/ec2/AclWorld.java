package dev.cloudmend.terraform.rules.ec2;

import dev.cloudmend.model.Severity;
import dev.cloudmend.terraform.hcl.Expression.ObjectValue;
import dev.cloudmend.terraform.hcl.HclText;
import dev.cloudmend.terraform.project.Module;
import dev.cloudmend.terraform.project.ResourceBlock;
import dev.cloudmend.terraform.rules.Remedies;
import dev.cloudmend.terraform.rules.Remedy;
import dev.cloudmend.terraform.rules.RuleInfo;
import dev.cloudmend.terraform.rules.RuleSettings;
import dev.cloudmend.terraform.rules.Safety;
import dev.cloudmend.terraform.rules.SourceRule;
import dev.cloudmend.terraform.rules.Violation;
import dev.cloudmend.terraform.rules.ec2.TrafficRule.Form;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A network ACL lets the world in on a port for administration, or on all.
 *
 * <p>An entry for nothing else denies from then on, under its number. Before an entry that lets
 * more in, a deny of the port is put under the next lower number, so that the rest still passes.
 */
final class AclWorld implements SourceRule {

  private static final List<Integer> ADMIN = List.of(22, 3389);
  private static final List<String> TYPES =
      List.of("aws_network_acl", "aws_default_network_acl", "aws_network_acl_rule");
  private static final String PLAYBOOK = "ec2-nacl-admin-ports-world";

  private final RuleInfo info;
  private final OptionalInt port;

  private AclWorld(RuleInfo info, OptionalInt port) {
    this.info = info;
    this.port = port;
  }

  static SourceRule ssh() {
    return port("ec2-nacl-ssh-world", "SSH", 22, "CKV_AWS_232");
  }

  static SourceRule rdp() {
    return port("ec2-nacl-rdp-world", "RDP", 3389, "CKV_AWS_231");
  }

  static SourceRule allPorts() {
    return new AclWorld(
        new RuleInfo(
            "ec2-nacl-all-ports-world",
            "Network ACL does not let the world in on all ports",
            "The ACL keeps nothing out: every fault in a security group is open to the internet.",
            Severity.MEDIUM,
            Safety.BREAKING,
            List.of("CKV_AWS_352"),
            List.of("AWS-0102"),
            List.of(),
            TYPES),
        OptionalInt.empty());
  }

  private static SourceRule port(String id, String what, int port, String checkov) {
    return new AclWorld(
        new RuleInfo(
            id,
            "Network ACL keeps " + what + " from the world",
            "A port for administration that is open to the internet is tried by scanners within"
                + " minutes.",
            Severity.MEDIUM,
            Safety.BREAKING,
            List.of(checkov),
            List.of("AWS-0105"),
            List.of(PLAYBOOK),
            TYPES),
        OptionalInt.of(port));
  }

  @Override
  public RuleInfo info() {
    return info;
  }

  @Override
  public List<Violation> violations(Module module, RuleSettings settings) {
    List<AclEntry> entries = AclEntry.inbound(module);
    return entries.stream()
        .filter(AclEntry::allows)
        .filter(entry -> !entry.world().isEmpty())
        .filter(entry -> entry.ports().filter(this::concerns).isPresent())
        .filter(entry -> entries.stream().noneMatch(other -> comesFirst(other, entry)))
        .map(
            entry ->
                new Violation(
                    info,
                    entry.rule().resource(),
                    entry.rule().place(),
                    "%s is let in from everywhere"
                        .formatted(entry.ports().map(Ports::shown).orElseThrow()),
                    remedy(entry, entries)))
        .toList();
  }

  private boolean concerns(Ports ports) {
    return port.isPresent() ? ports.reaches(port.getAsInt()) : ports.areAll();
  }

  /** Whether an entry denies the same before another one allows it. */
  private boolean comesFirst(AclEntry denial, AclEntry entry) {
    return denial.denies()
        && denial.world().containsAll(entry.world())
        && denial.ports().filter(this::concerns).isPresent()
        && denial.sharesAcl(entry)
        && denial.number().isPresent()
        && entry.number().isPresent()
        && denial.number().get() < entry.number().get();
  }

  private Remedy remedy(AclEntry entry, List<AclEntry> entries) {
    String action = TrafficRules.actionName(entry.rule());
    if (entry.rule().isIgnored(action)) {
      return none("lifecycle.ignore_changes names it: Terraform would not apply the edit");
    }
    boolean alone = entry.ports().filter(ports -> ports.areOnly(ADMIN)).isPresent();
    if (alone || port.isEmpty()) {
      return deny(entry, action, alone);
    }
    Optional<Integer> number = entry.number();
    if (number.isEmpty() || number.get() < 2) {
      return none("it lets more in than this port, and no lower number is known to be free");
    }
    int free = number.get() - 1;
    boolean taken =
        entries.stream()
            .filter(other -> !other.equals(entry) && other.sharesAcl(entry))
            .anyMatch(other -> other.number().filter(n -> n != free).isEmpty());
    return taken
        ? none("it lets more in than this port, and the number before it is taken or may be")
        : denyBefore(entry, free);
  }

  private static Remedy deny(AclEntry entry, String action, boolean alone) {
    TrafficRule rule = entry.rule();
    if (rule.fields().varies(action) || isRound(rule)) {
      return none("it differs from round to round");
    }
    String deny = "\"deny\"";
    Remedy remedy =
        rule.fields()
            .body()
            .map(body -> Remedies.set(rule.resource(), body, action, deny))
            .orElseGet(
                () ->
                    Remedies.edit(
                        rule.resource(),
                        edits ->
                            edits.setEntry(rule.fields().object().orElseThrow(), action, deny)));
    return alone
        ? remedy
        : Remedies.warning(
            remedy,
            "all that the entry let in is denied from then on, answers to outgoing traffic too:"
                + " allow what is needed by entries with a lower number first");
  }

  private static boolean isRound(TrafficRule rule) {
    return switch (rule.form()) {
      case Form.Dynamic dynamic -> dynamic.round().isPresent();
      case Form.Own own -> own.round().isPresent();
      default -> false;
    };
  }

  private Remedy denyBefore(AclEntry entry, int number) {
    TrafficRule rule = entry.rule();
    ResourceBlock resource = rule.resource();
    return switch (rule.form()) {
      case Form.Inline inline ->
          Remedies.addBlock(
              resource,
              resource.block().body(),
              TrafficRules.INGRESS,
              HclText.block(
                  TrafficRules.INGRESS,
                  List.of(),
                  HclText.arguments(denial(entry, "rule_no", "action", number))));
      case Form.Listed listed ->
          Remedies.edit(
              resource,
              edits -> edits.addElement(listed.list(), object(listed.object(), entry, number)));
      case Form.Own own when resource.repetition().isEmpty() ->
          resource
              .block()
              .attribute("network_acl_id")
              .map(
                  id -> {
                    var arguments = new LinkedHashMap<String, String>();
                    arguments.put("network_acl_id", resource.file().text(id.value().span()));
                    arguments.putAll(denial(entry, "rule_number", "rule_action", number));
                    return Remedies.sibling(
                        resource, "aws_network_acl_rule", one -> HclText.arguments(arguments));
                  })
              .orElseGet(() -> none("it says of no ACL that it belongs to it"));
      default -> none("it lets more in than this port, and is one of several that are alike");
    };
  }

  private Map<String, String> denial(
      AclEntry entry, String numberName, String actionName, int number) {
    var arguments = new LinkedHashMap<String, String>();
    arguments.put(numberName, HclText.number(number));
    arguments.put(actionName, "\"deny\"");
    arguments.put("protocol", "\"tcp\"");
    arguments.put("from_port", HclText.number(port.getAsInt()));
    arguments.put("to_port", HclText.number(port.getAsInt()));
    entry
        .world()
        .forEach(
            name -> arguments.put(name, name.startsWith("ipv6") ? "\"::/0\"" : "\"0.0.0.0/0\""));
    return arguments;
  }

  /** An object of a list names every argument: those that the denial has no use for are null. */
  private String object(ObjectValue like, AclEntry entry, int number) {
    var denial = denial(entry, "rule_no", "action", number);
    like.entries().stream()
        .flatMap(each -> each.name().stream())
        .forEach(name -> denial.putIfAbsent(name, "null"));
    return HclText.object(denial);
  }

  private static Remedy none(String reason) {
    return new Remedy.None("the entry is not edited: " + reason);
  }
}
