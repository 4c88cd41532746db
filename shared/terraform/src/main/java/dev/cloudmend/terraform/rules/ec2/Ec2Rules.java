package dev.cloudmend.terraform.rules.ec2;

import dev.cloudmend.terraform.rules.SourceRule;
import java.util.List;

/** The rules for EC2. */
public final class Ec2Rules {

  private static final List<SourceRule> ALL =
      List.of(
          InstanceMetadata.ofInstances(),
          InstanceMetadata.ofTemplates(),
          InstanceMetadata.ofConfigurations(),
          WorldTraffic.ssh(),
          WorldTraffic.rdp(),
          WorldTraffic.allPorts(),
          WorldTraffic.highRiskPorts(),
          WorldTraffic.allEgress(),
          WorldTraffic.egress(),
          Descriptions.ofGroups(),
          Descriptions.ofRules(),
          DefaultGroup.closed(),
          DefaultGroup.declared(),
          AclWorld.ssh(),
          AclWorld.rdp(),
          AclWorld.allPorts(),
          new FlowLog(),
          Findings.defaultVpc(),
          Arguments.volumeEncryption(),
          new VolumeKey(),
          BlockDevices.instanceRoot(),
          BlockDevices.instanceDevices(),
          BlockDevices.configurationRoot(),
          BlockDevices.configurationDevices(),
          BlockDevices.templateDevices(),
          Arguments.defaultEncryption(),
          Arguments.instancePublicIp(),
          Arguments.configurationPublicIp(),
          Arguments.templatePublicIp(),
          Arguments.subnetPublicIp(),
          Arguments.monitoring(),
          Arguments.ebsOptimised(),
          Arguments.transitGateway(),
          Findings.hopLimit(),
          Findings.secretsInUserData(),
          Findings.imageShared(),
          Findings.instanceProfile());

  private Ec2Rules() {}

  /** All of them, in the order in which they are listed. */
  public static List<SourceRule> all() {
    return ALL;
  }
}
