package dev.cloudmend.terraform.rules.ec2;

import dev.cloudmend.model.Severity;
import dev.cloudmend.terraform.hcl.Body;
import dev.cloudmend.terraform.hcl.HclText;
import dev.cloudmend.terraform.project.Module;
import dev.cloudmend.terraform.project.ResourceBlock;
import dev.cloudmend.terraform.project.Value;
import dev.cloudmend.terraform.rules.Remedies;
import dev.cloudmend.terraform.rules.Remedy;
import dev.cloudmend.terraform.rules.RuleInfo;
import dev.cloudmend.terraform.rules.RuleSettings;
import dev.cloudmend.terraform.rules.Safety;
import dev.cloudmend.terraform.rules.SourceRule;
import dev.cloudmend.terraform.rules.Violation;
import java.util.List;
import java.util.stream.Stream;

/** The disks of a machine are encrypted; its root disk also where nothing is said of it. */
final class BlockDevices implements SourceRule {

  private static final String ROOT = "root_block_device";
  private static final String ENCRYPTED = "encrypted";
  private static final String INSTANCE = "aws_instance";
  private static final String CONFIGURATION = "aws_launch_configuration";
  private static final String TEMPLATE = "aws_launch_template";

  private final RuleInfo info;
  private final String blockType;
  private final String warning;

  private BlockDevices(RuleInfo info, String blockType, String warning) {
    this.info = info;
    this.blockType = blockType;
    this.warning = warning;
  }

  static SourceRule instanceRoot() {
    return ofInstance("ec2-instance-root-device-encryption", "root disk", ROOT);
  }

  static SourceRule instanceDevices() {
    return ofInstance("ec2-instance-device-encryption", "disks", "ebs_block_device");
  }

  static SourceRule configurationRoot() {
    return ofConfiguration("ec2-launch-configuration-root-device-encryption", "root disk", ROOT);
  }

  static SourceRule configurationDevices() {
    return ofConfiguration(
        "ec2-launch-configuration-device-encryption", "disks", "ebs_block_device");
  }

  static SourceRule templateDevices() {
    return new BlockDevices(
        info(
            "ec2-launch-template-device-encryption",
            "Launch template encrypts its disks",
            Safety.LITERAL,
            List.of(),
            List.of(),
            TEMPLATE),
        "block_device_mappings",
        "machines get it when they are started with the next version");
  }

  private static SourceRule ofInstance(String id, String what, String blockType) {
    return new BlockDevices(
        info(
            id,
            "Instance encrypts its " + what,
            Safety.BREAKING,
            List.of("CKV_AWS_8"),
            List.of("AWS-0131"),
            INSTANCE),
        blockType,
        Arguments.REPLACES_INSTANCE);
  }

  private static SourceRule ofConfiguration(String id, String what, String blockType) {
    return new BlockDevices(
        info(
            id,
            "Launch configuration encrypts its " + what,
            Safety.BREAKING,
            List.of("CKV_AWS_8"),
            List.of("AWS-0008"),
            CONFIGURATION),
        blockType,
        Arguments.REPLACES_CONFIGURATION);
  }

  private static RuleInfo info(
      String id,
      String title,
      Safety safety,
      List<String> checkov,
      List<String> trivy,
      String type) {
    return new RuleInfo(
        id,
        title,
        "Whoever gets hold of a disk or of a snapshot of it can read it.",
        Severity.HIGH,
        safety,
        checkov,
        trivy,
        List.of(),
        List.of(type));
  }

  @Override
  public RuleInfo info() {
    return info;
  }

  @Override
  public List<Violation> violations(Module module, RuleSettings settings) {
    return module.resources(info.resourceTypes().getFirst()).stream()
        .flatMap(this::ofResource)
        .toList();
  }

  private Stream<Violation> ofResource(ResourceBlock resource) {
    List<Body> devices =
        resource.nested(blockType).stream()
            .flatMap(
                body ->
                    resource.type().equals(TEMPLATE)
                        ? ResourceBlock.nested(body, "ebs").stream()
                        : Stream.of(body))
            .toList();
    if (devices.isEmpty() && blockType.equals(ROOT) && !Arguments.comesFromTemplate(resource)) {
      Body body = resource.block().body();
      return Stream.of(
          violation(
              resource,
              body,
              Remedies.addBlock(
                  resource, body, ROOT, HclText.block(ROOT, List.of(), ENCRYPTED + " = true"))));
    }
    return devices.stream()
        .filter(device -> violates(resource, device))
        .map(
            device ->
                violation(resource, device, Remedies.set(resource, device, ENCRYPTED, "true")));
  }

  /** A disk of a snapshot is encrypted as the snapshot is; one that is left out is none. */
  private static boolean violates(ResourceBlock resource, Body device) {
    Value encrypted = resource.value(device, ENCRYPTED);
    boolean inherits =
        encrypted instanceof Value.Unset
            && !(resource.value(device, "snapshot_id") instanceof Value.Unset);
    return encrypted.isCertainlyNotTrue()
        && !inherits
        && resource.value(device, "no_device").isCertainlyNotTrue();
  }

  private Violation violation(ResourceBlock resource, Body body, Remedy remedy) {
    return new Violation(
        info,
        resource,
        ArgumentRule.place(resource, body, ENCRYPTED),
        "a disk is not encrypted: " + blockType,
        Remedies.warning(remedy, warning));
  }
}
