package dev.cloudmend.playbooks.ec2;

import dev.cloudmend.model.Json;
import dev.cloudmend.model.Reversibility;
import dev.cloudmend.playbooks.Operations;
import dev.cloudmend.playbooks.PlaybookInfo;
import dev.cloudmend.playbooks.PlaybookInfo.Control;
import dev.cloudmend.playbooks.PlaybookInfo.Example;
import dev.cloudmend.playbooks.PlaybookInfo.Tier;
import java.util.List;

/** What {@link SecurityGroupAdminPortsWorld} is, for people and for documentation. */
final class AdminPortsInfo {

  static final PlaybookInfo INFO =
      new PlaybookInfo(
          "ec2-security-group-admin-ports-world",
          "1",
          "Security group keeps SSH and RDP from the world",
          """
          A port 22 or 3389 that is open to the internet is found by scanners within minutes, and \
          passwords, keys and faults of the server are tried on it from then on.""",
          """
          Revokes, by rule id, only the inbound rules that let the whole internet reach port 22 or \
          3389: 0.0.0.0/0, ::/0, and ranges that are the world together. Rules from private ranges, \
          single networks, other security groups and prefix lists stay, also where they share the \
          ports; outbound rules are not touched. Undo authorises the same rules again, with their \
          descriptions and tags.""",
          Tier.auto,
          "ec2",
          "AWS::EC2::SecurityGroup",
          List.of(
              "EC2 Security Group Admin Ports World",
              "Security Group Open SSH",
              "Security Group Open RDP",
              "Security Groups Restrict SSH",
              "Security Groups Restrict RDP",
              "Security Group SSH Restricted",
              "Security Group RDP Restricted",
              "Security Group Allows Unrestricted SSH",
              "Security Group Allows Unrestricted RDP",
              "EC2 Security Group SSH Open to World",
              "EC2 Security Group RDP Open to World",
              "EC2 Security Group Unrestricted SSH",
              "EC2 Security Group Unrestricted RDP",
              "Public SSH Denied",
              "Public RDP Denied",
              "Security groups should not allow ingress from 0.0.0.0/0 or ::/0 to port 22",
              "Security groups should not allow ingress from 0.0.0.0/0 or ::/0 to port 3389",
              "EC2 security groups should not allow ingress from 0.0.0.0/0 to remote server"
                  + " administration ports",
              "EC2 security groups should not allow ingress from ::/0 to remote server"
                  + " administration ports",
              "EC2.13",
              "EC2.14",
              "EC2.53",
              "EC2.54",
              "restricted-ssh",
              "restricted-rdp",
              "vpc-sg-port-restriction-check",
              "ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_22",
              "ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_3389",
              "ec2_securitygroup_allow_ingress_from_internet_to_all_ports",
              "CKV_AWS_24",
              "CKV_AWS_25"),
          List.of(
              new Control("Security Hub", "EC2.13"),
              new Control("Security Hub", "EC2.14"),
              new Control("Security Hub", "EC2.53"),
              new Control("Security Hub", "EC2.54"),
              new Control("CIS AWS Foundations v3.0", "5.2"),
              new Control("CIS AWS Foundations v3.0", "5.3"),
              new Control("AWS Config", "restricted-ssh"),
              new Control("AWS Config", "vpc-sg-port-restriction-check"),
              new Control(
                  "Prowler", "ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_22"),
              new Control(
                  "Prowler", "ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_3389"),
              new Control("Checkov", "CKV_AWS_24"),
              new Control("Checkov", "CKV_AWS_25"),
              new Control("NIST 800-53 r5", "AC-4"),
              new Control("NIST 800-53 r5", "AC-4(21)"),
              new Control("NIST 800-53 r5", "CM-7"),
              new Control("NIST 800-53 r5", "SC-7"),
              new Control("NIST 800-53 r5", "SC-7(4)"),
              new Control("NIST 800-53 r5", "SC-7(5)"),
              new Control("NIST 800-53 r5", "SC-7(11)"),
              new Control("NIST 800-53 r5", "SC-7(16)"),
              new Control("NIST 800-53 r5", "SC-7(21)"),
              new Control("SOC 2", "CC6.6"),
              new Control("PCI DSS 4.0", "1.3.1")),
          List.of(Operations.DESCRIBE_SECURITY_GROUPS, Operations.DESCRIBE_SECURITY_GROUP_RULES),
          List.of(
              Operations.REVOKE_SECURITY_GROUP_INGRESS,
              Operations.AUTHORIZE_SECURITY_GROUP_INGRESS),
          List.of("AuthorizeSecurityGroupIngress", "ModifySecurityGroupRules"),
          Reversibility.EQUIVALENT,
          true,
          new Example(
              "SSH is open to everybody; the office's own rule for the same port stays",
              Json.parse(
                  """
                  {"rules": [{"protocol": "tcp", "fromPort": 22, "toPort": 22, \
                  "cidrIpv4": "0.0.0.0/0", "description": "temporary", \
                  "tags": {"owner": "platform"}}]}"""),
              Json.parse(
                  """
                  {"rules": []}""")));

  private AdminPortsInfo() {}
}
