package dev.cloudmend.terraform.rules;

import dev.cloudmend.model.Severity;
import java.util.List;

/**
 * What a source rule is, for people and for documentation.
 *
 * @param id the stable id, such as {@code s3-bucket-versioning}; where a playbook has the same
 *     subject, the playbook's
 * @param title one line for a person
 * @param why why it matters
 * @param severity how bad it is
 * @param safety how safe its edit is
 * @param checkov the Checkov checks that it answers to, such as {@code CKV_AWS_21}
 * @param trivy the Trivy checks that it answers to, such as {@code AWS-0090}
 * @param playbooks the playbooks whose fix it makes in source
 * @param resourceTypes the Terraform types of the resources that it finds violating
 */
public record RuleInfo(
    String id,
    String title,
    String why,
    Severity severity,
    Safety safety,
    List<String> checkov,
    List<String> trivy,
    List<String> playbooks,
    List<String> resourceTypes) {

  public RuleInfo {
    checkov = List.copyOf(checkov);
    trivy = List.copyOf(trivy);
    playbooks = List.copyOf(playbooks);
    resourceTypes = List.copyOf(resourceTypes);
  }
}
