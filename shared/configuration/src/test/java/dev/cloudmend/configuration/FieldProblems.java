package dev.cloudmend.configuration;

import dev.cloudmend.configuration.ProblemsTest.Case;
import java.util.List;

/** Patterns that ask for fields as they cannot be asked for. */
final class FieldProblems {

  static final List<Case> ALL =
      List.of(
          Case.of(
              "a field is not known",
              """
              rules:
                - name: r
                  mode: guided
                  when:
                    finding:
                      severty: [HIGH]
              """,
              "policy.yaml:6:9: /rules/0/when/finding/severty: rule 'r': the document "
                  + "has no finding.severty; expected finding.severity"),
          Case.of(
              "a field is far from all known ones",
              """
              rules:
                - name: r
                  mode: guided
                  when:
                    resource:
                      tagsOfTheOwner: [x]
              """,
              "policy.yaml:6:9: /rules/0/when/resource/tagsOfTheOwner: rule 'r': the "
                  + "document has no resource.tagsOfTheOwner; expected one of resource.arn, "
                  + "resource.partition, resource.service, resource.type, resource.account, "
                  + "resource.region, resource.name"),
          Case.of(
              "a field is not known at the top",
              """
              rules:
                - name: r
                  mode: guided
                  when:
                    severity: [HIGH]
              """,
              "policy.yaml:5:7: /rules/0/when/severity: rule 'r': the document has no "
                  + "severity; expected one of finding, resource, diagnosis, playbook"),
          Case.of(
              "a field has a dot",
              """
              rules:
                - name: r
                  mode: guided
                  when:
                    finding.severity: [HIGH]
              """,
              "policy.yaml:5:7: /rules/0/when/finding.severity: rule 'r': the document "
                  + "has no finding.severity with a dot in its name; expected finding: "
                  + "{severity: […]}"),
          Case.of(
              "an unknown field has a dot",
              """
              rules:
                - name: r
                  mode: guided
                  when:
                    finding:
                      actor.colour: [x]
              """,
              "policy.yaml:6:9: /rules/0/when/finding/actor.colour: rule 'r': the "
                  + "document has no finding.actor.colour; expected one of "
                  + "finding.actor.principal, finding.actor.type, finding.actor.role, "
                  + "finding.actor.sourceAddress, finding.actor.userAgent, "
                  + "finding.actor.breakGlass"),
          Case.of(
              "a field has no list",
              """
              rules:
                - name: r
                  mode: guided
                  when:
                    finding:
                      severity: HIGH
              """,
              "policy.yaml:6:19: /rules/0/when/finding/severity: rule 'r': "
                  + "finding.severity has no list of values; expected a list such as "
                  + "[CRITICAL]"),
          Case.of(
              "a field has an empty list",
              """
              rules:
                - name: r
                  mode: guided
                  when:
                    finding: {severity: []}
              """,
              "policy.yaml:5:27: /rules/0/when/finding/severity: rule 'r': "
                  + "finding.severity has no list of values; expected a list such as "
                  + "[CRITICAL]"),
          Case.of(
              "a part of the document has a list",
              """
              rules:
                - name: r
                  mode: guided
                  when:
                    finding: [vanta]
              """,
              "policy.yaml:5:16: /rules/0/when/finding: rule 'r': finding has fields "
                  + "of its own; expected one of finding.source, finding.check, "
                  + "finding.title, finding.severity, finding.frameworks, finding.actor"),
          Case.of(
              "a part of the document is empty",
              """
              rules:
                - name: r
                  mode: guided
                  when:
                    finding: {}
              """,
              "policy.yaml:5:16: /rules/0/when/finding: rule 'r': finding has fields "
                  + "of its own; expected one of finding.source, finding.check, "
                  + "finding.title, finding.severity, finding.frameworks, finding.actor"),
          Case.of(
              "a list stands in a list",
              """
              rules:
                - name: r
                  mode: guided
                  when:
                    finding: {source: [[vanta]]}
              """,
              "policy.yaml:5:26: /rules/0/when/finding/source/0: rule 'r': a list in "
                  + "the list of finding.source; expected values such as \"text\""),
          Case.of(
              "alternatives are no list",
              """
              rules:
                - name: r
                  mode: guided
                  when:
                    $or: {finding: {severity: [HIGH]}}
              """,
              "policy.yaml:5:12: /rules/0/when/$or: rule 'r': $or has no alternatives; "
                  + "expected a list of at least two patterns"),
          Case.of(
              "there is one alternative",
              """
              rules:
                - name: r
                  mode: guided
                  when:
                    $or:
                      - finding: {severity: [HIGH]}
              """,
              "policy.yaml:6:9: /rules/0/when/$or: rule 'r': $or has no alternatives; "
                  + "expected a list of at least two patterns"),
          Case.of(
              "an alternative is empty",
              """
              rules:
                - name: r
                  mode: guided
                  when:
                    $or:
                      - finding: {severity: [HIGH]}
                      - {}
              """,
              "policy.yaml:7:11: /rules/0/when/$or/1: rule 'r': an alternative of $or "
                  + "is no pattern; expected an object with fields"),
          Case.of(
              "an alternative has an unknown field",
              """
              rules:
                - name: r
                  mode: guided
                  when:
                    resource:
                      $or:
                        - {acount: ["111122223333"]}
                        - {region: [us-east-1]}
              """,
              "policy.yaml:7:14: /rules/0/when/resource/$or/0/acount: rule 'r': the "
                  + "document has no resource.acount; expected resource.account"),
          Case.of(
              "a field stands beside and in the alternatives",
              """
              rules:
                - name: r
                  mode: guided
                  when:
                    finding: {severity: [HIGH]}
                    $or:
                      - finding: {severity: [LOW]}
                      - finding: {source: [vanta]}
              """,
              "policy.yaml:5:7: /rules/0/when: rule 'r': Path `finding.severity` "
                  + "cannot be allowed multiple times; expected each field once: beside $or, "
                  + "or in its alternatives"),
          Case.of(
              "alternatives multiply",
              """
              rules:
                - name: r
                  mode: guided
                  when:
                    finding: {$or: [{source: [a]}, {check: [a]}, {title: [a]}, {severity: [LOW]}],
                      actor: {$or: [{type: [a]}, {role: [a]}, {principal: [a]}, {userAgent: [a]}]}}
                    resource: {$or: [{arn: [a]}, {name: [a]}, {type: [a]}, {region: [a]}]}
                    playbook: {$or: [{tier: [auto]}, {version: [a]}, {controls: [a]}, {service: [s3]}]}
                    diagnosis: {$or: [{origin: [CLAUDE]}, {origin: [PLAYBOOK]}, {confidence: [low]}, {confidence: [high]}]}
              """,
              "policy.yaml:5:7: /rules/0/when: rule 'r': the alternatives of $or multiply to more "
                  + "than 1000; expected several rules"));

  private FieldProblems() {}
}
