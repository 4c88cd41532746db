package dev.cloudmend.terraform.rules.ec2;

import dev.cloudmend.model.Severity;
import dev.cloudmend.terraform.hcl.Attribute;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A VPC has a flow log: to the configured bucket or log group, else to a log group of its own,
 * which keeps it for a year, by a role that may write to nothing else.
 */
final class FlowLog implements SourceRule {

  private static final String LOG = "aws_flow_log";
  private static final String GROUP = "aws_cloudwatch_log_group";
  private static final String ROLE = "aws_iam_role";
  private static final String POLICY = "aws_iam_role_policy";

  private static final RuleInfo INFO =
      new RuleInfo(
          "ec2-vpc-flow-logs",
          "VPC has a flow log",
          "After an intrusion nobody can tell who talked to whom.",
          Severity.MEDIUM,
          Safety.SIBLING,
          List.of("CKV2_AWS_11"),
          List.of("AWS-0178"),
          List.of("ec2-vpc-flow-logs"),
          List.of("aws_vpc"));

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public List<Violation> violations(Module module, RuleSettings settings) {
    return Beside.vpcsWithout(module, LOG).stream()
        .map(
            vpc ->
                new Violation(
                    INFO,
                    vpc,
                    vpc.block().header(),
                    "the VPC has no flow log",
                    remedy(vpc, settings.flowLogDestination())))
        .toList();
  }

  private static Remedy remedy(ResourceBlock vpc, Optional<String> destination) {
    Names names = Names.of(vpc);
    boolean toBucket = destination.filter(arn -> arn.contains(":s3:::")).isPresent();
    var log = new LinkedHashMap<String, String>();
    log.put("vpc_id", names.vpc() + ".id");
    log.put("traffic_type", "\"ALL\"");
    if (toBucket) {
      log.put("log_destination_type", "\"s3\"");
    }
    log.put(
        "log_destination",
        destination.map(HclText::string).orElseGet(() -> names.one(GROUP) + ".arn"));
    var blocks = new ArrayList<String>();
    if (toBucket) {
      blocks.add(names.block(LOG, HclText.arguments(log)));
    } else {
      log.put("iam_role_arn", names.one(ROLE) + ".arn");
      blocks.add(names.block(LOG, HclText.arguments(log)));
      if (destination.isEmpty()) {
        blocks.add(group(names));
      }
      blocks.add(role(names));
      blocks.add(
          policy(
              names,
              destination
                  .map(arn -> HclText.string(arn.endsWith(":*") ? arn : arn + ":*"))
                  .orElseGet(() -> "\"${" + names.one(GROUP) + ".arn}:*\"")));
    }
    return Remedies.warning(
        Remedies.edit(vpc, edits -> edits.insertAfter(vpc.block(), String.join("\n\n", blocks))),
        "AWS charges for flow logs by their size");
  }

  private static String group(Names names) {
    var arguments = new LinkedHashMap<String, String>();
    arguments.put("name", "\"/aws/vpc/flow-logs/${" + names.vpc() + ".id}\"");
    arguments.put("retention_in_days", "365");
    return names.block(GROUP, HclText.arguments(arguments));
  }

  /** Only flow logs of the VPC's own account may take the role (confused deputy). */
  private static String role(Names names) {
    return names.block(
        ROLE,
        """
        name = "vpc-flow-logs-${%1$s.id}"

        assume_role_policy = jsonencode({
          Version = "2012-10-17"
          Statement = [
            {
              Effect    = "Allow"
              Action    = "sts:AssumeRole"
              Principal = { Service = "vpc-flow-logs.amazonaws.com" }
              Condition = { StringEquals = { "aws:SourceAccount" = %1$s.owner_id } }
            },
          ]
        })"""
            .formatted(names.vpc()));
  }

  private static String policy(Names names, String resource) {
    return names.block(
        POLICY,
        """
        name = "write-flow-logs"
        role = %s.id

        policy = jsonencode({
          Version = "2012-10-17"
          Statement = [
            {
              Effect = "Allow"
              Action = [
                "logs:CreateLogStream",
                "logs:DescribeLogGroups",
                "logs:DescribeLogStreams",
                "logs:PutLogEvents",
              ]
              Resource = %s
            },
          ]
        })"""
            .formatted(names.one(ROLE), resource));
  }

  /**
   * How the new resources are called and speak of each other.
   *
   * @param name a name that none of the types has in the module
   * @param repetition the argument that declares them as often as the VPC, and a blank line
   * @param index what picks the one that belongs to one of the VPCs
   * @param vpc that VPC
   */
  private record Names(String name, String repetition, String index, String vpc) {

    static Names of(ResourceBlock vpc) {
      String free = vpc.name();
      for (int i = 2; isTaken(vpc.module(), free); i++) {
        free = vpc.name() + "_" + i;
      }
      String address = vpc.address();
      Optional<Attribute> repeated = vpc.repetition();
      if (repeated.isEmpty()) {
        return new Names(free, "", "", address);
      }
      return repeated.get().name().equals("count")
          ? new Names(
              free,
              "count = length(" + address + ")\n\n",
              "[count.index]",
              address + "[count.index]")
          : new Names(free, "for_each = " + address + "\n\n", "[each.key]", "each.value");
    }

    private static boolean isTaken(Module module, String name) {
      return Stream.of(LOG, GROUP, ROLE, POLICY)
          .flatMap(type -> module.resources(type).stream())
          .anyMatch(resource -> resource.name().equals(name));
    }

    String one(String type) {
      return type + "." + name + index;
    }

    String block(String type, String body) {
      return HclText.block("resource", List.of(type, name), repetition + body);
    }
  }
}
