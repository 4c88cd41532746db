package dev.cloudmend.configuration;

import dev.cloudmend.configuration.ProblemsTest.Case;
import java.util.List;

/** Configurations that are wrong in one place. */
final class ConfigurationProblems {

  static final List<Case> ALL =
      List.of(
          Case.of(
              "a member is not known",
              """
              baseline: {}
              """,
              "cloudmend.yaml:1:1: /baseline: is not known; expected one of policy, "
                  + "baselines, trustedSenders, ownRoleArns, breakGlassPrincipals, limits, "
                  + "breaker, diagnoser, pullRequests"),
          Case.of(
              "limits and breaker are out of their ranges",
              """
              limits:
                perAccount: -1
                perPlaybook: 1.5
                totl: 1
              breaker: {fixes: 0, window: 24}
              """,
              "cloudmend.yaml:2:15: /limits/perAccount: is the number -1; expected a whole number "
                  + "from 0 to 100000",
              "cloudmend.yaml:3:16: /limits/perPlaybook: is the number 1.5; expected a whole "
                  + "number from 0 to 100000",
              "cloudmend.yaml:4:3: /limits/totl: is not known; expected one of perAccount, "
                  + "perPlaybook, total, window",
              "cloudmend.yaml:5:18: /breaker/fixes: is the number 0; expected a whole number from "
                  + "1 to 50",
              "cloudmend.yaml:5:29: /breaker/window: is the number 24: quote it; expected text "
                  + "such as P1D"),
          Case.of(
              "a window is no duration, too short or too long",
              """
              limits:
                window: 1h
              breaker:
                window: P91D
              """,
              "cloudmend.yaml:2:11: /limits/window: is '1h'; expected text such as PT1H",
              "cloudmend.yaml:4:11: /breaker/window: is 'P91D'; expected a duration from PT1M to "
                  + "P90D"),
          Case.of(
              "a window is nothing or too short",
              """
              limits:
                window: P
              breaker:
                window: PT59S
              """,
              "cloudmend.yaml:2:11: /limits/window: is 'P'; expected a duration from PT1M to P7D",
              "cloudmend.yaml:4:11: /breaker/window: is 'PT59S'; expected a duration from PT1M to "
                  + "P90D"),
          Case.of(
              "a file is a list",
              """
              []
              """,
              "cloudmend.yaml:1:1: is a list; expected an object"),
          Case.of(
              "a trusted sender is a number",
              """
              trustedSenders:
                - "111122223333"
                - 012345678901
              """,
              "cloudmend.yaml:3:5: /trustedSenders/1: is the number 012345678901: "
                  + "quote it; expected text such as \"111122223333\""),
          Case.of(
              "a trusted sender has too few digits",
              """
              trustedSenders: ["1111"]
              """,
              "cloudmend.yaml:1:18: /trustedSenders/0: is '1111'; expected text such "
                  + "as \"111122223333\""),
          Case.of(
              "a trusted sender ends in a line feed",
              """
              trustedSenders: ["111122223333\\n"]
              """,
              "cloudmend.yaml:1:18: /trustedSenders/0: is '111122223333\\u000a'; "
                  + "expected text such as \"111122223333\""),
          Case.of(
              "a trusted sender stands twice",
              """
              trustedSenders: ["111122223333", "111122223333"]
              """,
              "cloudmend.yaml:1:17: /trustedSenders: holds a value twice; expected "
                  + "each value only once"),
          Case.of(
              "an own role is a user",
              """
              ownRoleArns: ["arn:aws:iam::111122223333:user/a"]
              """,
              "cloudmend.yaml:1:15: /ownRoleArns/0: is "
                  + "'arn:aws:iam::111122223333:user/a'; expected text such as "
                  + "arn:aws:iam::111122223333:role/cloudmend-remediator"),
          Case.of(
              "an own role is a session",
              """
              ownRoleArns: ["arn:aws:sts::111122223333:assumed-role/a/b"]
              """,
              "cloudmend.yaml:1:15: /ownRoleArns/0: is "
                  + "'arn:aws:sts::111122223333:assumed-role/a/b'; expected text such as "
                  + "arn:aws:iam::111122223333:role/cloudmend-remediator"),
          Case.of(
              "a break-glass principal is a group",
              """
              breakGlassPrincipals: ["arn:aws:iam::111122223333:group/a"]
              """,
              "cloudmend.yaml:1:24: /breakGlassPrincipals/0: is "
                  + "'arn:aws:iam::111122223333:group/a'; expected text such as "
                  + "arn:aws:iam::111122223333:role/break-glass"),
          Case.of(
              "a model is hostile",
              """
              diagnoser: {model: "a\\u001b[31m b"}
              """,
              "cloudmend.yaml:1:20: /diagnoser/model: is 'a\\u001b[31m b'; expected "
                  + "text of 1 to 2048 characters such as "
                  + "eu.anthropic.claude-sonnet-4-5-20250929-v1:0"),
          Case.of(
              "a name is to be redacted by text",
              """
              diagnoser: {redactNames: "yes"}
              """,
              "cloudmend.yaml:1:26: /diagnoser/redactNames: is 'yes'; expected true or " + "false"),
          Case.of(
              "a member of the diagnoser is not known",
              """
              diagnoser:
                temperature: 1
              """,
              "cloudmend.yaml:2:3: /diagnoser/temperature: is not known; expected one "
                  + "of model, redactNames"),
          Case.of(
              "a password is too short",
              """
              baselines:
                passwordPolicy:
                  minimumPasswordLength: 5
              """,
              "cloudmend.yaml:3:28: /baselines/passwordPolicy/minimumPasswordLength: "
                  + "is the number 5; expected a whole number from 6 to 128"),
          Case.of(
              "a password length is taken away",
              """
              baselines: {passwordPolicy: {minimumPasswordLength: null}}
              """,
              "cloudmend.yaml:1:53: /baselines/passwordPolicy/minimumPasswordLength: "
                  + "is empty; expected a whole number from 6 to 128"),
          Case.of(
              "a password age is text",
              """
              baselines: {passwordPolicy: {maxPasswordAge: "90"}}
              """,
              "cloudmend.yaml:1:46: /baselines/passwordPolicy/maxPasswordAge: is '90'; "
                  + "expected a whole number from 1 to 1095 or null"),
          Case.of(
              "a password rule is not known",
              """
              baselines: {passwordPolicy: {length: 14}}
              """,
              "cloudmend.yaml:1:30: /baselines/passwordPolicy/length: is not known; "
                  + "expected one of minimumPasswordLength, passwordReusePrevention, "
                  + "requireSymbols, requireNumbers, requireUppercaseCharacters, "
                  + "requireLowercaseCharacters, maxPasswordAge, allowUsersToChangePassword"),
          Case.of(
              "what is no whole number is found by the playbooks",
              """
              baselines: {passwordPolicy: {maxPasswordAge: 90.0}}
              """,
              "cloudmend.yaml:1:12: /baselines: the baselines are not valid: "
                  + "/passwordPolicy/maxPasswordAge: expected a whole number from 1 to 1095, "
                  + "found 90.0; expected targets that playbooks can aim at"),
          Case.of(
              "a key is an alias",
              """
              baselines: {bucketEncryption: {kmsKeyArns: ["arn:aws:kms:us-east-1:111122223333:alias/a"]}}
              """,
              "cloudmend.yaml:1:45: /baselines/bucketEncryption/kmsKeyArns/0: is "
                  + "'arn:aws:kms:us-east-1:111122223333:alias/a'; expected text such as "
                  + "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"),
          Case.of(
              "a rule of the policy is wrong",
              """
              policy:
                rules:
                  - name: a
                    mode: x
              """,
              "cloudmend.yaml:4:13: /policy/rules/0/mode: is 'x'; expected one of "
                  + "automatic, guided, manual, ignore"),
          Case.of(
              "a long value is cut",
              """
              diagnoser: {model: "x yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx y"}
              """,
              "cloudmend.yaml:1:20: /diagnoser/model: is 'x yx yx yx yx yx yx yx yx yx "
                  + "yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx yx … (600 characters)'; "
                  + "expected text of 1 to 2048 characters such as "
                  + "eu.anthropic.claude-sonnet-4-5-20250929-v1:0"));

  private ConfigurationProblems() {}
}
