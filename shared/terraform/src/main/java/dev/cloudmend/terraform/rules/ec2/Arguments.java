package dev.cloudmend.terraform.rules.ec2;

import dev.cloudmend.model.Severity;
import dev.cloudmend.terraform.project.ResourceBlock;
import dev.cloudmend.terraform.project.Value;
import dev.cloudmend.terraform.rules.RuleInfo;
import dev.cloudmend.terraform.rules.Safety;
import dev.cloudmend.terraform.rules.SourceRule;
import java.util.List;
import java.util.Set;

/** The rules about one argument. */
final class Arguments {

  static final String REPLACES_INSTANCE = "AWS cannot change that: the instance is replaced";
  static final String REPLACES_CONFIGURATION =
      "a launch configuration cannot be changed: it is replaced, and machines get it only when they"
          + " are started anew";

  private static final String INSTANCE = "aws_instance";
  private static final String CONFIGURATION = "aws_launch_configuration";

  /**
   * The types for which EBS optimisation can be chosen and is not on by itself (EC2 User Guide,
   * "Amazon EBS-optimized instance types").
   */
  private static final Set<String> OPTIMISED_ON_REQUEST =
      Set.of(
          "c1.xlarge",
          "c3.xlarge",
          "c3.2xlarge",
          "c3.4xlarge",
          "g2.2xlarge",
          "i2.xlarge",
          "i2.2xlarge",
          "i2.4xlarge",
          "m1.large",
          "m1.xlarge",
          "m2.2xlarge",
          "m2.4xlarge",
          "m3.xlarge",
          "m3.2xlarge",
          "r3.xlarge",
          "r3.2xlarge",
          "r3.4xlarge");

  /** The families that never are, or not in every size: AWS refuses such a machine. */
  private static final Set<String> NOT_OPTIMISED =
      Set.of(
          "t1", "t2", "c1", "c3", "cc1", "cc2", "cg1", "cr1", "g2", "hi1", "hs1", "i2", "m1", "m2",
          "m3", "r3");

  private Arguments() {}

  static SourceRule defaultEncryption() {
    return ArgumentRule.of(
        new RuleInfo(
            "ec2-ebs-default-encryption",
            "EBS encryption by default is on",
            "Volumes that somebody creates without thinking of it are encrypted too.",
            Severity.MEDIUM,
            Safety.LITERAL,
            List.of("CKV_AWS_106"),
            List.of(),
            List.of("ec2-ebs-default-encryption"),
            List.of("aws_ebs_encryption_by_default")),
        "enabled",
        Arguments::isFalse,
        "true",
        "encryption by default is switched off");
  }

  static SourceRule volumeEncryption() {
    return ArgumentRule.of(
            new RuleInfo(
                "ec2-ebs-volume-encryption",
                "EBS volume is encrypted",
                "Whoever gets hold of a disk or of a snapshot of it can read it.",
                Severity.HIGH,
                Safety.BREAKING,
                List.of("CKV_AWS_3"),
                List.of("AWS-0026"),
                List.of("ec2-ebs-volume-encryption"),
                List.of("aws_ebs_volume")),
            "encrypted",
            Value::isCertainlyNotTrue,
            "true",
            "the volume is not encrypted",
            "AWS cannot encrypt a volume that is there: it is replaced by an empty one; copy its"
                + " data by an encrypted snapshot first")
        .except(Arguments::inheritsEncryption);
  }

  static SourceRule subnetPublicIp() {
    return ArgumentRule.of(
        new RuleInfo(
            "ec2-subnet-no-auto-public-ip",
            "Subnet gives no public addresses by itself",
            "Every machine that is started there can be reached from the internet, wanted or not.",
            Severity.MEDIUM,
            Safety.LITERAL,
            List.of("CKV_AWS_130"),
            List.of("AWS-0164"),
            List.of("ec2-subnet-no-auto-public-ip"),
            List.of("aws_subnet")),
        "map_public_ip_on_launch",
        Value::isTrue,
        "false",
        "machines that are started here get a public address",
        "machines that are started from then on get no public address unless they ask for one");
  }

  static SourceRule instancePublicIp() {
    return publicIp(
        "ec2-instance-public-ip", "Instance", INSTANCE, "CKV_AWS_88", REPLACES_INSTANCE);
  }

  static SourceRule configurationPublicIp() {
    return publicIp(
        "ec2-launch-configuration-public-ip",
        "Launch configuration",
        CONFIGURATION,
        "CKV_AWS_389",
        REPLACES_CONFIGURATION);
  }

  static SourceRule templatePublicIp() {
    return publicIp(
            "ec2-launch-template-no-public-ip",
            "Launch template",
            "aws_launch_template",
            "CKV_AWS_88",
            "machines of the next version have no public address")
        .inBlocks("network_interfaces");
  }

  private static ArgumentRule publicIp(
      String id, String what, String type, String checkov, String warning) {
    return ArgumentRule.of(
        new RuleInfo(
            id,
            what + " asks for no public address",
            "A machine with a public address can be reached from the internet by whatever its"
                + " security groups let in.",
            Severity.HIGH,
            Safety.BREAKING,
            List.of(checkov),
            List.of("AWS-0009"),
            type.equals(CONFIGURATION) ? List.of() : List.of(id),
            List.of(type)),
        "associate_public_ip_address",
        Value::isTrue,
        "false",
        "it asks for a public address",
        warning);
  }

  static SourceRule monitoring() {
    return ArgumentRule.of(
            new RuleInfo(
                "ec2-instance-detailed-monitoring",
                "Instance is monitored by the minute",
                "Five minutes between two measurements hide short outages and attacks.",
                Severity.LOW,
                Safety.LITERAL,
                List.of("CKV_AWS_126"),
                List.of(),
                List.of(),
                List.of(INSTANCE)),
            "monitoring",
            Value::isCertainlyNotTrue,
            "true",
            "detailed monitoring is off",
            "CloudWatch charges for detailed monitoring")
        .except(Arguments::comesFromTemplate);
  }

  static SourceRule ebsOptimised() {
    return ArgumentRule.of(
            new RuleInfo(
                "ec2-instance-ebs-optimized",
                "Instance is EBS-optimised",
                "Disks and network share one line otherwise, and slow each other down.",
                Severity.LOW,
                Safety.BREAKING,
                List.of("CKV_AWS_135"),
                List.of(),
                List.of(),
                List.of(INSTANCE)),
            "ebs_optimized",
            Value::isCertainlyNotTrue,
            "true",
            "EBS optimisation is off",
            "the instance is stopped or replaced for it; types that are optimised by themselves only"
                + " get it written down")
        .except(resource -> comesFromTemplate(resource) || !canBeOptimised(resource));
  }

  static SourceRule transitGateway() {
    return ArgumentRule.of(
        new RuleInfo(
            "ec2-transit-gateway-no-auto-accept",
            "Transit gateway accepts no attachments by itself",
            "Whoever the gateway is shared with could join a network to it unseen.",
            Severity.HIGH,
            Safety.LITERAL,
            List.of("CKV_AWS_331"),
            List.of(),
            List.of("ec2-transit-gateway-no-auto-accept"),
            List.of("aws_ec2_transit_gateway")),
        "auto_accept_shared_attachments",
        value -> value.text().filter("enable"::equals).isPresent(),
        "\"disable\"",
        "it accepts shared attachments by itself",
        "attachments from other accounts wait for somebody to accept them from then on");
  }

  /** What the instance does not say, its launch template may. */
  static boolean comesFromTemplate(ResourceBlock resource) {
    return !resource.nested("launch_template").isEmpty();
  }

  /** A volume of a snapshot is encrypted as the snapshot is, unless it says otherwise. */
  private static boolean inheritsEncryption(ResourceBlock resource) {
    return !(resource.value("snapshot_id") instanceof Value.Unset)
        && resource.value("encrypted") instanceof Value.Unset;
  }

  private static boolean canBeOptimised(ResourceBlock resource) {
    return resource
        .value("instance_type")
        .text()
        .filter(
            type ->
                OPTIMISED_ON_REQUEST.contains(type)
                    || !NOT_OPTIMISED.contains(type.split("\\.", 2)[0]))
        .isPresent();
  }

  private static boolean isFalse(Value value) {
    return value.text().filter("false"::equals).isPresent();
  }
}
