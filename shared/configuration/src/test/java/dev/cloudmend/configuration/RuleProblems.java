package dev.cloudmend.configuration;

import dev.cloudmend.configuration.ProblemsTest.Case;
import java.util.List;

/** Rules that are wrong beside their pattern, with what is said of them. */
final class RuleProblems {

  static final List<Case> ALL =
      List.of(
          Case.of(
              "a mode is missing",
              """
              rules:
                - name: a
              """,
              "policy.yaml:2:5: /rules/0/mode: is missing; expected one of automatic, "
                  + "guided, manual, ignore"),
          Case.of(
              "a name is missing",
              """
              rules:
                - mode: guided
              """,
              "policy.yaml:2:5: /rules/0/name: is missing; expected text of 1 to 80 "
                  + "characters such as prod-asks-first"),
          Case.of(
              "the rules are missing",
              """
              {}
              """,
              "policy.yaml:1:1: /rules: is missing; expected a list of at most 1000 " + "values"),
          Case.of(
              "the rules are no list",
              """
              rules: {name: a}
              """,
              "policy.yaml:1:8: /rules: is an object; expected a list of at most 1000 " + "values"),
          Case.of(
              "a rule is no object",
              """
              rules:
                - always
              """,
              "policy.yaml:2:5: /rules/0: is 'always'; expected an object"),
          Case.of(
              "a member of a rule is not known",
              """
              rules:
                - name: a
                  mode: guided
                  colour: red
              """,
              "policy.yaml:4:5: /rules/0/colour: is not known; expected one of name, "
                  + "when, mode, channels, dryRun"),
          Case.of(
              "a member of the file is not known",
              """
              rules: []
              rule: 1
              """,
              "policy.yaml:2:1: /rule: is not known; expected rules"),
          Case.of(
              "a mode is not known",
              """
              rules:
                - {name: a, mode: auto}
              """,
              "policy.yaml:2:21: /rules/0/mode: is 'auto'; expected one of automatic, "
                  + "guided, manual, ignore"),
          Case.of(
              "a mode is left empty",
              """
              rules:
                - name: a
                  mode:
              """,
              "policy.yaml:3:10: /rules/0/mode: is empty; expected one of automatic, "
                  + "guided, manual, ignore"),
          Case.of(
              "a name is a number",
              """
              rules:
                - {name: 007, mode: guided}
              """,
              "policy.yaml:2:12: /rules/0/name: is the number 007: quote it; expected "
                  + "text of 1 to 80 characters such as prod-asks-first"),
          Case.of(
              "a name is empty",
              """
              rules:
                - {name: "", mode: guided}
              """,
              "policy.yaml:2:12: /rules/0/name: is shorter than 1 character; expected "
                  + "text of 1 to 80 characters such as prod-asks-first"),
          Case.of(
              "a name is blank",
              """
              rules:
                - {name: " ", mode: guided}
              """,
              "policy.yaml:2:12: /rules/0/name: ' ' is not printable; expected "
                  + "printable characters"),
          Case.of(
              "a name is too long",
              """
              rules:
                - {name: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx, mode: guided}
              """,
              "policy.yaml:2:12: /rules/0/name: is longer than 80 characters; expected "
                  + "text of 1 to 80 characters such as prod-asks-first"),
          Case.of(
              "a name is not printable",
              """
              rules:
                - {name: "a\\u202eb", mode: guided}
              """,
              "policy.yaml:2:12: /rules/0/name: 'a\\u202eb' is not printable; expected "
                  + "printable characters"),
          Case.of(
              "a name is Cloudmend's own",
              """
              rules:
                - {name: "built-in: tier auto", mode: guided}
              """,
              "policy.yaml:2:12: /rules/0/name: names with built-in: are Cloudmend's "
                  + "own; expected another name"),
          Case.of(
              "a name stands twice",
              """
              rules:
                - {name: a, mode: guided}
                - {name: a, mode: ignore}
              """,
              "policy.yaml:3:12: /rules/1/name: the rule in line 2 has the same name "
                  + "'a'; expected each name only once"),
          Case.of(
              "a channel is not known",
              """
              rules:
                - name: a
                  mode: guided
                  channels:
                    - live
                    - slack
              """,
              "policy.yaml:6:9: /rules/0/channels/1: is 'slack'; expected one of live, "
                  + "pull_request"),
          Case.of(
              "there is no channel",
              """
              rules:
                - {name: a, mode: guided, channels: []}
              """,
              "policy.yaml:2:39: /rules/0/channels: has less than 1 value; expected a "
                  + "list of at least 1 value"),
          Case.of(
              "a channel stands twice",
              """
              rules:
                - {name: a, mode: guided, channels: [live, live]}
              """,
              "policy.yaml:2:39: /rules/0/channels: holds a value twice; expected each "
                  + "value only once"),
          Case.of(
              "dryRun is text",
              """
              rules:
                - {name: a, mode: guided, dryRun: "true"}
              """,
              "policy.yaml:2:37: /rules/0/dryRun: is 'true'; expected true or false"),
          Case.of(
              "when is a list",
              """
              rules:
                - {name: a, mode: guided, when: [x]}
              """,
              "policy.yaml:2:35: /rules/0/when: is a list; expected an object"));

  private RuleProblems() {}
}
