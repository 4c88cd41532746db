package dev.cloudmend.terraform.rules.ec2;

import dev.cloudmend.model.Severity;
import dev.cloudmend.terraform.project.Module;
import dev.cloudmend.terraform.rules.RuleInfo;
import dev.cloudmend.terraform.rules.RuleSettings;
import dev.cloudmend.terraform.rules.Safety;
import dev.cloudmend.terraform.rules.SourceRule;
import dev.cloudmend.terraform.rules.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * A rule of a security group lets in, or out to, everybody. The world goes out of it, other ranges
 * and groups stay.
 */
final class WorldTraffic implements SourceRule {

  private static final String ADMIN = "ec2-security-group-admin-ports-world";
  private static final String HIGH_RISK = "ec2-security-group-high-risk-ports";
  private static final String UNAUTHORISED = "ec2-security-group-unauthorised-ports";

  private final RuleInfo info;
  private final String direction;
  private final BiPredicate<Optional<Ports>, RuleSettings> open;

  private WorldTraffic(
      RuleInfo info, String direction, BiPredicate<Optional<Ports>, RuleSettings> open) {
    this.info = info;
    this.direction = direction;
    this.open = open;
  }

  static SourceRule ssh() {
    return ingress(
        "ec2-security-group-ssh-world",
        "Security group keeps SSH from the world",
        "A port 22 that is open to the internet is found by scanners within minutes, and"
            + " passwords, keys and faults of the server are tried on it from then on.",
        Severity.HIGH,
        List.of("CKV_AWS_24"),
        List.of("AWS-0107"),
        List.of(ADMIN),
        (ports, settings) -> ports.filter(p -> p.contains(22)).isPresent());
  }

  static SourceRule rdp() {
    return ingress(
        "ec2-security-group-rdp-world",
        "Security group keeps RDP from the world",
        "A port 3389 that is open to the internet is found by scanners within minutes; stolen"
            + " passwords and faults of Windows are tried on it from then on.",
        Severity.HIGH,
        List.of("CKV_AWS_25"),
        List.of("AWS-0107"),
        List.of(ADMIN),
        (ports, settings) -> ports.filter(p -> p.contains(3389)).isPresent());
  }

  static SourceRule allPorts() {
    return ingress(
        "ec2-security-group-all-ports-world",
        "Security group does not open all ports to the world",
        "Whatever listens on the machine, now or later, is open to the internet.",
        Severity.CRITICAL,
        List.of("CKV_AWS_277"),
        List.of(),
        List.of(ADMIN, HIGH_RISK, UNAUTHORISED),
        (ports, settings) -> ports.filter(Ports::areAll).isPresent());
  }

  static SourceRule highRiskPorts() {
    return ingress(
        HIGH_RISK,
        "Security group keeps high-risk ports from the world",
        "Databases, file shares and consoles on well-known ports are what attackers look for"
            + " first; they are made for networks that one trusts.",
        Severity.HIGH,
        List.of(),
        List.of(),
        List.of(HIGH_RISK),
        (ports, settings) ->
            ports.filter(p -> settings.highRiskPorts().stream().anyMatch(p::contains)).isPresent());
  }

  static SourceRule allEgress() {
    return egress(
        "ec2-security-group-all-egress-world",
        "Security group does not open all ports to the outside",
        "An intruder can send what is found to anywhere, by any protocol.",
        Severity.MEDIUM,
        List.of("CKV_AWS_382"),
        List.of(),
        (ports, settings) -> ports.filter(Ports::areAll).isPresent());
  }

  static SourceRule egress() {
    return egress(
        "ec2-security-group-egress-world",
        "Security group names where traffic may go",
        "A rule that leads to any address lets an intruder reach a server of his own.",
        Severity.LOW,
        List.of(),
        List.of("AWS-0104"),
        (ports, settings) -> true);
  }

  private static SourceRule ingress(
      String id,
      String title,
      String why,
      Severity severity,
      List<String> checkov,
      List<String> trivy,
      List<String> playbooks,
      BiPredicate<Optional<Ports>, RuleSettings> open) {
    return new WorldTraffic(
        new RuleInfo(
            id,
            title,
            why,
            severity,
            Safety.BREAKING,
            checkov,
            trivy,
            playbooks,
            TrafficRules.groupTypes(TrafficRules.INGRESS)),
        TrafficRules.INGRESS,
        open);
  }

  private static SourceRule egress(
      String id,
      String title,
      String why,
      Severity severity,
      List<String> checkov,
      List<String> trivy,
      BiPredicate<Optional<Ports>, RuleSettings> open) {
    return new WorldTraffic(
        new RuleInfo(
            id,
            title,
            why,
            severity,
            Safety.BREAKING,
            checkov,
            trivy,
            List.of(),
            TrafficRules.groupTypes(TrafficRules.EGRESS)),
        TrafficRules.EGRESS,
        open);
  }

  @Override
  public RuleInfo info() {
    return info;
  }

  @Override
  public List<Violation> violations(Module module, RuleSettings settings) {
    var found = new ArrayList<Violation>();
    for (TrafficRule rule : TrafficRules.ofGroups(module, direction)) {
      Optional<Ports> ports = rule.ports();
      Sources sources = Sources.of(rule.fields());
      if (open.test(ports, settings) && !sources.ranges().isEmpty()) {
        found.add(
            new Violation(
                info,
                rule.resource(),
                rule.place(),
                message(ports, sources),
                Cut.of(rule, sources)));
      }
    }
    return found;
  }

  private String message(Optional<Ports> ports, Sources sources) {
    return "%s is open %s %s"
        .formatted(
            ports.map(Ports::shown).orElse("what it lets through"),
            direction.equals(TrafficRules.INGRESS) ? "from" : "to",
            String.join(" and ", sources.ranges().stream().distinct().toList()));
  }
}
