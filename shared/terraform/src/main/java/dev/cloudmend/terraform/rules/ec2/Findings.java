package dev.cloudmend.terraform.rules.ec2;

import dev.cloudmend.model.Severity;
import dev.cloudmend.terraform.hcl.Span;
import dev.cloudmend.terraform.project.Module;
import dev.cloudmend.terraform.project.ResourceBlock;
import dev.cloudmend.terraform.project.Value;
import dev.cloudmend.terraform.rules.Remedy;
import dev.cloudmend.terraform.rules.RuleInfo;
import dev.cloudmend.terraform.rules.RuleSettings;
import dev.cloudmend.terraform.rules.Safety;
import dev.cloudmend.terraform.rules.SourceRule;
import dev.cloudmend.terraform.rules.Violation;
import java.util.List;
import java.util.function.Function;

/**
 * A misconfiguration that is shown and not mended, for what would mend it is a person's choice.
 *
 * @param places what is wrong in a resource
 * @param message what is wrong, for a person
 * @param advice what a person can do
 */
record Findings(
    RuleInfo info, Function<ResourceBlock, List<Span>> places, String message, String advice)
    implements SourceRule {

  static SourceRule defaultVpc() {
    return new Findings(
        new RuleInfo(
            "ec2-default-vpc",
            "The default VPC is not used",
            "Its subnets are public, and what is started without a thought lands in them.",
            Severity.MEDIUM,
            Safety.BREAKING,
            List.of("CKV_AWS_148"),
            List.of("AWS-0101"),
            List.of(),
            List.of("aws_default_vpc")),
        vpc -> List.of(vpc.block().header()),
        "the default VPC is used",
        "declare an aws_vpc with subnets of its own and move what runs there");
  }

  static SourceRule imageShared() {
    return new Findings(
        new RuleInfo(
            "ec2-ami-launch-permission",
            "Images are not shared",
            "Whoever may start an image reads all that is on its disks.",
            Severity.MEDIUM,
            Safety.BREAKING,
            List.of("CKV_AWS_205"),
            List.of(),
            List.of("ec2-ami-private"),
            List.of("aws_ami_launch_permission")),
        permission -> List.of(permission.block().header()),
        "an image is shared outside its account",
        "remove the permission, unless exactly this account is to have the image");
  }

  static SourceRule instanceProfile() {
    return new Findings(
        new RuleInfo(
            "ec2-instance-profile",
            "Instance has a role",
            "Without one, software on the machine needs access keys that are written down there.",
            Severity.LOW,
            Safety.BREAKING,
            List.of("CKV2_AWS_41"),
            List.of(),
            List.of("ec2-instance-profile"),
            List.of("aws_instance")),
        instance ->
            instance.value("iam_instance_profile") instanceof Value.Unset
                    && !Arguments.comesFromTemplate(instance)
                ? List.of(instance.block().header())
                : List.of(),
        "the instance has no instance profile",
        "set iam_instance_profile to one with the rights that its software needs");
  }

  static SourceRule hopLimit() {
    return new Findings(
        new RuleInfo(
            "ec2-metadata-hop-limit",
            "Metadata does not leave the machine",
            "With a limit above 1, containers and whatever is routed through the machine get its"
                + " role's credentials too.",
            Severity.MEDIUM,
            Safety.BREAKING,
            List.of("CKV_AWS_341"),
            List.of(),
            List.of(),
            List.of("aws_launch_template", "aws_launch_configuration")),
        resource ->
            resource.nested("metadata_options").stream()
                .filter(
                    options ->
                        resource
                            .value(options, "http_put_response_hop_limit")
                            .text()
                            .filter(limit -> limit.matches("[2-9]|[1-9][0-9]+"))
                            .isPresent())
                .map(
                    options -> ArgumentRule.place(resource, options, "http_put_response_hop_limit"))
                .toList(),
        "the hop limit of metadata responses is more than 1",
        "set http_put_response_hop_limit = 1, if no container on the machine needs the metadata");
  }

  static SourceRule secretsInUserData() {
    return new Findings(
        new RuleInfo(
            "ec2-user-data-secrets",
            "User data holds no secrets",
            "Whoever may look at the machine's settings or log in to it reads its user data, and so"
                + " does who reads this source.",
            Severity.CRITICAL,
            Safety.BREAKING,
            List.of("CKV_AWS_46"),
            List.of("AWS-0029", "AWS-0122", "AWS-0129"),
            List.of(),
            List.of("aws_instance", "aws_launch_template", "aws_launch_configuration")),
        UserData::secrets,
        "user data holds what looks like a secret",
        "withdraw the secret, put a new one into Secrets Manager or Parameter Store and let the"
            + " machine's role read it");
  }

  @Override
  public List<Violation> violations(Module module, RuleSettings settings) {
    return module.resources().stream()
        .filter(resource -> info.resourceTypes().contains(resource.type()))
        .flatMap(
            resource ->
                places.apply(resource).stream()
                    .map(
                        place ->
                            new Violation(info, resource, place, message, new Remedy.None(advice))))
        .toList();
  }
}
