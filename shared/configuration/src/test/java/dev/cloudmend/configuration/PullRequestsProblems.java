package dev.cloudmend.configuration;

import dev.cloudmend.configuration.ProblemsTest.Case;
import java.util.List;

/** Sections {@code pullRequests} that are wrong, with what is said of them. */
final class PullRequestsProblems {

  static final List<Case> ALL =
      List.of(
          Case.of(
              "a member is not known",
              """
              pullRequests: {draft: true}
              """,
              "cloudmend.yaml:1:16: /pullRequests/draft: is not known; expected one of "
                  + "maskAccounts, breaking, claude, repositories"),
          Case.of(
              "a switch is text",
              """
              pullRequests:
                maskAccounts: "yes"
                breaking: 1
                claude: on
              """,
              "cloudmend.yaml:2:17: /pullRequests/maskAccounts: is 'yes'; expected true or false",
              "cloudmend.yaml:3:13: /pullRequests/breaking: is the number 1; expected true or "
                  + "false",
              "cloudmend.yaml:4:11: /pullRequests/claude: is 'on'; expected true or false"),
          Case.of(
              "the repositories are no list",
              """
              pullRequests:
                repositories: {repository: acme/infrastructure}
              """,
              "cloudmend.yaml:2:17: /pullRequests/repositories: is an object; expected a list of "
                  + "at most 1000 values"),
          Case.of(
              "an entry is text",
              """
              pullRequests: {repositories: [acme/infrastructure]}
              """,
              "cloudmend.yaml:1:31: /pullRequests/repositories/0: is 'acme/infrastructure'; "
                  + "expected an object"),
          Case.of(
              "a repository is missing",
              """
              pullRequests: {repositories: [{base: main}]}
              """,
              "cloudmend.yaml:1:31: /pullRequests/repositories/0/repository: is missing; expected "
                  + "text of 3 to 201 characters such as acme/infrastructure"),
          Case.of(
              "what the schema refuses of an entry stands beside what GitHub would refuse of another",
              """
              pullRequests:
                repositories:
                  - repository: acme/web
                    when: {account: 111122223333, tag: {key: team}, arn: logs-*}
                    limits: {open: -1, perDay: 3}
                  - repository: acme
              """,
              "cloudmend.yaml:4:23: /pullRequests/repositories/0/when/account: is the number "
                  + "111122223333: quote it; expected text such as \"111122223333\"",
              "cloudmend.yaml:4:42: /pullRequests/repositories/0/when/tag/value: is missing; "
                  + "expected text of 0 to 256 characters such as web",
              "cloudmend.yaml:4:60: /pullRequests/repositories/0/when/arn: is 'logs-*'; expected "
                  + "text of 1 to 2048 characters such as arn:aws:s3:::logs-*",
              "cloudmend.yaml:5:22: /pullRequests/repositories/0/limits/open: is the number -1; "
                  + "expected a whole number from 0 to 1000",
              "cloudmend.yaml:5:26: /pullRequests/repositories/0/limits/perDay: is not known; "
                  + "expected one of open, perHour",
              "cloudmend.yaml:6:19: /pullRequests/repositories/1/repository: is 'acme': a "
                  + "repository is written owner/name; the / is missing; expected owner/name"),
          Case.of(
              "GitHub would refuse each part",
              """
              pullRequests:
                repositories:
                  - repository: acme/a/b
                    base: "main..x"
                    directory: /live
                    labels: [security, "  "]
                    reviewers:
                      - ana
                      - "no body\\u001b"
                      - a/b/c
              """,
              "cloudmend.yaml:3:19: /pullRequests/repositories/0/repository: is 'acme/a/b': a "
                  + "repository is written owner/name, with letters, digits, - _ and, in its name, "
                  + ".; expected owner/name",
              "cloudmend.yaml:4:13: /pullRequests/repositories/0/base: is 'main..x': git allows no "
                  + "branch of this name; expected the name of a branch, such as main",
              "cloudmend.yaml:5:18: /pullRequests/repositories/0/directory: is '/live': a directory "
                  + "is written from the repository's root, without slashes around it, and without "
                  + "names that begin with a dot; expected a folder, such as live/prod",
              "cloudmend.yaml:6:26: /pullRequests/repositories/0/labels/1: is '  ': a label has 1 "
                  + "to 50 characters; expected a label, such as security",
              "cloudmend.yaml:9:11: /pullRequests/repositories/0/reviewers/1: is 'no "
                  + "body\\u001b': a reviewer is a login, or organization/team; expected a reviewer, "
                  + "such as ana or acme/platform",
              "cloudmend.yaml:10:11: /pullRequests/repositories/0/reviewers/2: is 'a/b/c': a "
                  + "reviewer is a login, or organization/team; expected a reviewer, such as ana or "
                  + "acme/platform"),
          Case.of(
              "a label stands twice",
              """
              pullRequests:
                repositories:
                  - repository: acme/web
                    labels: [a, a]
              """,
              "cloudmend.yaml:4:15: /pullRequests/repositories/0/labels: holds a value twice; "
                  + "expected each value only once"),
          Case.of(
              "nothing is left for an entry behind one for all",
              """
              pullRequests:
                repositories:
                  - repository: acme/web
                    when: {region: eu-central-1}
                  - repository: acme/all
                    when: {}
                  - repository: acme/infrastructure
                    when: {account: "111122223333"}
                  - repository: acme/rest
              """,
              "cloudmend.yaml:7:7: /pullRequests/repositories/2: is never reached: the entry in "
                  + "line 5 takes every resource that it is for; expected what asks for more to "
                  + "stand first, and each 'when' only once",
              "cloudmend.yaml:9:7: /pullRequests/repositories/3: is never reached: the entry in "
                  + "line 5 takes every resource that it is for; expected what asks for more to "
                  + "stand first, and each 'when' only once"),
          Case.of(
              "two entries ask for the same, or the later one for more",
              """
              pullRequests:
                repositories:
                  - {repository: acme/a, when: {account: "111122223333"}}
                  - {repository: acme/b, when: {account: "222233334444"}}
                  - {repository: acme/c, when: {account: "111122223333"}}
                  - {repository: acme/d, when: {account: "222233334444", arn: "*"}}
                  - {repository: acme/e, when: {region: eu-west-1, tag: {key: a, value: b}}}
                  - {repository: acme/f, when: {region: eu-west-1, tag: {key: a, value: ""}}}
                  - {repository: acme/g, when: {region: eu-west-1}}
              """,
              "cloudmend.yaml:5:7: /pullRequests/repositories/2: is never reached: the entry in "
                  + "line 3 takes every resource that it is for; expected what asks for more to "
                  + "stand first, and each 'when' only once",
              "cloudmend.yaml:6:7: /pullRequests/repositories/3: is never reached: the entry in "
                  + "line 4 takes every resource that it is for; expected what asks for more to "
                  + "stand first, and each 'when' only once"));

  private PullRequestsProblems() {}
}
