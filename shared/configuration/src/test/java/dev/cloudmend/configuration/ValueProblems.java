package dev.cloudmend.configuration;

import dev.cloudmend.configuration.ProblemsTest.Case;
import java.util.List;

/** Patterns that ask for values that their fields never have. */
final class ValueProblems {

  static final List<Case> ALL =
      List.of(
          Case.of(
              "a severity is never so",
              """
              rules:
                - name: r
                  mode: guided
                  when:
                    finding: {severity: [HIGH, SEVERE]}
              """,
              "policy.yaml:5:34: /rules/0/when/finding/severity/1: rule 'r': "
                  + "finding.severity is never 'SEVERE'; expected one of CRITICAL, HIGH, "
                  + "INFORMATIONAL, LOW, MEDIUM, UNKNOWN"),
          Case.of(
              "a severity is never so in other words",
              """
              rules:
                - name: r
                  mode: guided
                  when:
                    finding:
                      severity:
                        - anything-but: [LOW, MIDDLE]
                        - equals-ignore-case: hihg
                        - anything-but: {equals-ignore-case: [low, lo]}
              """,
              "policy.yaml:7:33: /rules/0/when/finding/severity/0/anything-but/1: rule "
                  + "'r': finding.severity is never 'MIDDLE'; expected one of CRITICAL, "
                  + "HIGH, INFORMATIONAL, LOW, MEDIUM, UNKNOWN",
              "policy.yaml:8:33: /rules/0/when/finding/severity/1/equals-ignore-case: "
                  + "rule 'r': finding.severity is never 'hihg'; expected one of CRITICAL, "
                  + "HIGH, INFORMATIONAL, LOW, MEDIUM, UNKNOWN",
              "policy.yaml:9:54: "
                  + "/rules/0/when/finding/severity/2/anything-but/equals-ignore-case/1: "
                  + "rule 'r': finding.severity is never 'lo'; expected one of CRITICAL, "
                  + "HIGH, INFORMATIONAL, LOW, MEDIUM, UNKNOWN"),
          Case.of(
              "a confidence is never so",
              """
              rules:
                - name: r
                  mode: guided
                  when:
                    diagnosis: {confidence: [LOW]}
              """,
              "policy.yaml:5:32: /rules/0/when/diagnosis/confidence/0: rule 'r': "
                  + "diagnosis.confidence is never 'LOW'; expected one of high, low, medium"),
          Case.of(
              "an origin is never so",
              """
              rules:
                - name: r
                  mode: guided
                  when:
                    diagnosis: {origin: [claude]}
              """,
              "policy.yaml:5:28: /rules/0/when/diagnosis/origin/0: rule 'r': "
                  + "diagnosis.origin is never 'claude'; expected one of CLAUDE, PLAYBOOK"),
          Case.of(
              "a playbook is not known",
              """
              rules:
                - name: r
                  mode: guided
                  when:
                    playbook: {id: [s3-bucket-versionin]}
              """,
              "policy.yaml:5:23: /rules/0/when/playbook/id/0: rule 'r': playbook.id is "
                  + "never 's3-bucket-versionin'; expected one of {playbooks}"),
          Case.of(
              "a tier is never so",
              """
              rules:
                - name: r
                  mode: guided
                  when:
                    playbook: {tier: [automatic]}
              """,
              "policy.yaml:5:25: /rules/0/when/playbook/tier/0: rule 'r': "
                  + "playbook.tier is never 'automatic'; expected one of auto, guided, manual"),
          Case.of(
              "a service is never so",
              """
              rules:
                - name: r
                  mode: guided
                  when:
                    playbook: {service: [rds]}
              """,
              "policy.yaml:5:28: /rules/0/when/playbook/service/0: rule 'r': "
                  + "playbook.service is never 'rds'; expected one of ec2, iam, s3"),
          Case.of(
              "a reversibility is never so",
              """
              rules:
                - name: r
                  mode: guided
                  when:
                    playbook: {reversibility: [exact]}
              """,
              "policy.yaml:5:34: /rules/0/when/playbook/reversibility/0: rule 'r': "
                  + "playbook.reversibility is never 'exact'; expected one of EQUIVALENT, "
                  + "EXACT, NONE"),
          Case.of(
              "an account is a number",
              """
              rules:
                - name: r
                  mode: guided
                  when:
                    resource:
                      account: [012345678901]
              """,
              "policy.yaml:6:19: /rules/0/when/resource/account/0: rule 'r': "
                  + "012345678901 is a number, so resource.account never has it: quote it; "
                  + "expected text in quotes"),
          Case.of(
              "an account is a number in a comparison",
              """
              rules:
                - name: r
                  mode: guided
                  when:
                    resource: {account: [{anything-but: [111122223333]}]}
              """,
              "policy.yaml:5:44: /rules/0/when/resource/account/0/anything-but/0: rule "
                  + "'r': 111122223333 is a number, so resource.account never has it: quote "
                  + "it; expected text in quotes"),
          Case.of(
              "a text is true",
              """
              rules:
                - name: r
                  mode: guided
                  when:
                    finding: {check: [true]}
              """,
              "policy.yaml:5:25: /rules/0/when/finding/check/0: rule 'r': true is true "
                  + "or false, so finding.check never has it: quote it; expected text in "
                  + "quotes"),
          Case.of(
              "a text is empty",
              """
              rules:
                - name: r
                  mode: guided
                  when:
                    resource: {name: [~]}
              """,
              "policy.yaml:5:25: /rules/0/when/resource/name/0: rule 'r': "
                  + "resource.name is never empty; expected text in quotes; {exists: false} "
                  + "where it is to be absent"),
          Case.of(
              "a flag is text",
              """
              rules:
                - name: r
                  mode: guided
                  when:
                    playbook: {suggested: ["true"]}
              """,
              "policy.yaml:5:30: /rules/0/when/playbook/suggested/0: rule 'r': true is "
                  + "text, so playbook.suggested never has it; expected true or false"),
          Case.of(
              "a flag is compared",
              """
              rules:
                - name: r
                  mode: guided
                  when:
                    playbook: {suggested: [{prefix: t}]}
              """,
              "policy.yaml:5:39: /rules/0/when/playbook/suggested/0/prefix: rule 'r': "
                  + "never matches: playbook.suggested is no text; expected true or false"),
          Case.of(
              "a text is compared as a number",
              """
              rules:
                - name: r
                  mode: guided
                  when:
                    resource: {account: [{numeric: [">", 1]}]}
              """,
              "policy.yaml:5:38: /rules/0/when/resource/account/0/numeric: rule 'r': "
                  + "resource.account is no number, so numeric never matches; expected text "
                  + "in quotes"),
          Case.of(
              "a comparison is not known",
              """
              rules:
                - name: r
                  mode: guided
                  when:
                    finding: {check: [{startsWith: a}]}
              """,
              "policy.yaml:5:25: /rules/0/when/finding/check/0: rule 'r': Unrecognized "
                  + "match type startsWith; expected a comparison of EventBridge, such as "
                  + "{prefix: text}"),
          Case.of(
              "a comparison has two members",
              """
              rules:
                - name: r
                  mode: guided
                  when:
                    finding: {check: [{prefix: a, suffix: b}]}
              """,
              "policy.yaml:5:25: /rules/0/when/finding/check/0: rule 'r': Only one key "
                  + "allowed in match expression; expected a comparison of EventBridge, such "
                  + "as {prefix: text}"),
          Case.of(
              "a network is not valid",
              """
              rules:
                - name: r
                  mode: guided
                  when:
                    finding: {actor: {sourceAddress: [{cidr: 10.0.0.0/99}]}}
              """,
              "policy.yaml:5:41: /rules/0/when/finding/actor/sourceAddress/0: rule "
                  + "'r': IPv4 mask bits must be < 32; expected a comparison of EventBridge, "
                  + "such as {prefix: text}"),
          Case.of(
              "a wildcard is not valid",
              """
              rules:
                - name: r
                  mode: guided
                  when:
                    resource: {name: [{wildcard: "a**b"}]}
              """,
              "policy.yaml:5:25: /rules/0/when/resource/name/0: rule 'r': Consecutive "
                  + "wildcard characters at pos 2; expected a comparison of EventBridge, "
                  + "such as {prefix: text}"),
          Case.of(
              "exists is no flag",
              """
              rules:
                - name: r
                  mode: guided
                  when:
                    finding: {actor: {role: [{exists: "no"}]}}
              """,
              "policy.yaml:5:32: /rules/0/when/finding/actor/role/0: rule 'r': exists "
                  + "match pattern must be either true or false; expected a comparison of "
                  + "EventBridge, such as {prefix: text}"),
          Case.of(
              "anything-but has nothing",
              """
              rules:
                - name: r
                  mode: guided
                  when:
                    finding: {check: [{anything-but: []}]}
              """,
              "policy.yaml:5:25: /rules/0/when/finding/check/0: rule 'r': Inside "
                  + "anything but list, either all values are number or string, mixed type "
                  + "is not supported; expected a comparison of EventBridge, such as "
                  + "{prefix: text}"));

  private ValueProblems() {}
}
