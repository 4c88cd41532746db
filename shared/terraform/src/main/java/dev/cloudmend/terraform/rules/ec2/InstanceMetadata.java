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

/**
 * The metadata service asks for a session token (IMDSv2). Only {@code http_tokens} is set: neither
 * the endpoint nor the hop limit changes.
 */
final class InstanceMetadata implements SourceRule {

  private static final String OPTIONS = "metadata_options";
  private static final String TOKENS = "http_tokens";
  private static final String REQUIRED = "\"required\"";

  private final RuleInfo info;
  private final List<String> warnings;

  private InstanceMetadata(RuleInfo info, List<String> warnings) {
    this.info = info;
    this.warnings = warnings;
  }

  static SourceRule ofInstances() {
    return rule(
        "ec2-instance-imdsv2",
        "Instance",
        "aws_instance",
        "AWS-0028",
        List.of("ec2-instance-imdsv2"),
        Safety.LITERAL);
  }

  static SourceRule ofTemplates() {
    return rule(
        "ec2-launch-template-imdsv2",
        "Launch template",
        "aws_launch_template",
        "AWS-0130",
        List.of("ec2-launch-template-imdsv2"),
        Safety.LITERAL);
  }

  static SourceRule ofConfigurations() {
    return rule(
        "ec2-launch-configuration-imdsv2",
        "Launch configuration",
        "aws_launch_configuration",
        "AWS-0130",
        List.of(),
        Safety.BREAKING,
        Arguments.REPLACES_CONFIGURATION);
  }

  private static SourceRule rule(
      String id,
      String what,
      String type,
      String trivy,
      List<String> playbooks,
      Safety safety,
      String... more) {
    return new InstanceMetadata(
        new RuleInfo(
            id,
            what + " requires IMDSv2",
            "With IMDSv1, a server that can be made to fetch a web address gives away the"
                + " credentials of the machine's role.",
            Severity.HIGH,
            safety,
            List.of("CKV_AWS_79"),
            List.of(trivy),
            playbooks,
            List.of(type)),
        Stream.concat(
                Stream.of(
                    "software that still uses IMDSv1 gets no credentials any more: look at the"
                        + " metric MetadataNoToken first"),
                Stream.of(more))
            .toList());
  }

  @Override
  public RuleInfo info() {
    return info;
  }

  @Override
  public List<Violation> violations(Module module, RuleSettings settings) {
    return module.resources().stream()
        .filter(resource -> info.resourceTypes().contains(resource.type()))
        .flatMap(this::ofResource)
        .toList();
  }

  private Stream<Violation> ofResource(ResourceBlock resource) {
    Body body = resource.block().body();
    List<Body> options = resource.nested(OPTIONS);
    if (options.isEmpty()) {
      // A template may say it for its instance.
      return Arguments.comesFromTemplate(resource)
          ? Stream.of()
          : Stream.of(
              violation(
                  resource,
                  body,
                  Remedies.addBlock(
                      resource,
                      body,
                      OPTIONS,
                      HclText.block(OPTIONS, List.of(), TOKENS + " = " + REQUIRED))));
    }
    return options.stream()
        .filter(each -> violates(resource, each))
        .map(each -> violation(resource, each, Remedies.set(resource, each, TOKENS, REQUIRED)));
  }

  /** An endpoint that is off, or may be, needs no token. */
  private static boolean violates(ResourceBlock resource, Body options) {
    Value endpoint = resource.value(options, "http_endpoint");
    boolean on =
        endpoint instanceof Value.Unset || endpoint.text().filter("enabled"::equals).isPresent();
    Value tokens = resource.value(options, TOKENS);
    return on
        && (tokens instanceof Value.Unset
            || tokens.text().filter(t -> !t.equals("required")).isPresent());
  }

  private Violation violation(ResourceBlock resource, Body body, Remedy remedy) {
    return new Violation(
        info,
        resource,
        ArgumentRule.place(resource, body, TOKENS),
        "the metadata service answers without a session token (IMDSv1)",
        ArgumentRule.warned(remedy, warnings));
  }
}
