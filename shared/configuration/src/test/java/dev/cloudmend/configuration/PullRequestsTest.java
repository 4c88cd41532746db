package dev.cloudmend.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.configuration.Configuration.PullRequests;
import dev.cloudmend.configuration.policy.Inputs;
import dev.cloudmend.configuration.policy.PolicyInput;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.pullrequests.Destination;
import dev.cloudmend.pullrequests.PullRequestLimits;
import dev.cloudmend.pullrequests.RepositoryMapping.Entry;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PullRequestsTest {

  @Test
  void withoutASectionNothingIsProposed() {
    assertThat(Configuration.builtIn().pullRequests()).isEqualTo(PullRequests.NONE);
    assertThat(read("{}").pullRequests()).isEqualTo(PullRequests.NONE);
    assertThat(read("pullRequests: {}").pullRequests()).isEqualTo(PullRequests.NONE);
  }

  @Test
  void whatIsLeftOutOfARepositoryIsAsByDefault() {
    Destination only =
        repositories("[{repository: acme/web, limits: {perHour: 0}}]").getFirst().destination();

    assertThat(only.base()).isEmpty();
    assertThat(only.directory()).isEmpty();
    assertThat(only.labels()).isEmpty();
    assertThat(only.reviewers()).isEmpty();
    assertThat(only.limits()).isEqualTo(new PullRequestLimits(10, 0));
  }

  @Test
  void theSwitchesAreEachTheirOwn() {
    assertThat(read("pullRequests: {maskAccounts: true}").pullRequests())
        .isEqualTo(new PullRequests(PullRequests.NONE.repositories(), true, false, false));
    assertThat(read("pullRequests: {breaking: true}").pullRequests())
        .isEqualTo(new PullRequests(PullRequests.NONE.repositories(), false, true, false));
    assertThat(read("pullRequests: {claude: true}").pullRequests())
        .isEqualTo(new PullRequests(PullRequests.NONE.repositories(), false, false, true));
  }

  @Test
  void theOrderOfTheRepositoriesIsKept() {
    Configuration configuration =
        read(
            """
            pullRequests:
              repositories:
                - {repository: acme/web, when: {tag: {key: team, value: web}}}
                - {repository: acme/rest}
            """);
    ResourceRef bucket = Objects.requireNonNull(Inputs.bucket().finding().resource());

    assertThat(configuration.pullRequests().repositories().of(bucket, Map.of("team", "web")))
        .map(to -> to.repository().toString())
        .contains("acme/web");
    assertThat(configuration.pullRequests().repositories().of(bucket, Map.of()))
        .map(to -> to.repository().toString())
        .contains("acme/rest");
  }

  @Test
  void everyPartOfARepositoryIsInTheHash() {
    List<String> different =
        List.of(
            "[]",
            "[{repository: acme/a}]",
            "[{repository: acme/b}]",
            "[{repository: acme/a, base: main}]",
            "[{repository: acme/a, directory: live}]",
            "[{repository: acme/a, labels: [x]}]",
            "[{repository: acme/a, reviewers: [x]}]",
            "[{repository: acme/a, limits: {open: 1}}]",
            "[{repository: acme/a, limits: {perHour: 1}}]",
            "[{repository: acme/a, when: {account: '111122223333'}}]",
            "[{repository: acme/a, when: {region: eu-west-1}}]",
            "[{repository: acme/a, when: {tag: {key: k, value: v}}}]",
            "[{repository: acme/a, when: {tag: {key: v, value: k}}}]",
            "[{repository: acme/a, when: {arn: 'arn:aws:s3:::a'}}]",
            "[{repository: acme/a, when: {arn: '*'}}, {repository: acme/b}]",
            "[{repository: acme/b, when: {arn: '*'}}, {repository: acme/a}]");

    assertThat(different)
        .extracting(text -> read("pullRequests: {repositories: " + text + "}").hash())
        .doesNotHaveDuplicates();
    assertThat(List.of("maskAccounts", "breaking", "claude"))
        .extracting(name -> read("pullRequests: {" + name + ": true}").hash())
        .doesNotHaveDuplicates()
        .doesNotContain(Configuration.builtIn().hash());
  }

  @Test
  void theOrderOfRepositoriesIsInTheHashAndThatOfLabelsAndReviewersIsNot() {
    String one =
        "{repository: acme/a, when: {region: eu-west-1}, labels: [x, y], reviewers: [v, w]}";
    String same =
        "{labels: [y, x], reviewers: [w, v], when: {region: eu-west-1}, repository: acme/a,"
            + " directory: '', limits: {open: 10, perHour: 2}}";
    String other = "{repository: acme/b, when: {region: eu-west-2}}";

    assertThat(hash(one, other)).isEqualTo(hash(same, other)).isNotEqualTo(hash(other, one));
  }

  @Test
  void theTreeSaysDefaultsAndLeavesOutWhatIsAbsent() {
    PullRequests read =
        read("""
                pullRequests:
                  claude: true
                  repositories:
                    - {repository: acme/a, base: main, when: {tag: {key: k, value: v}}}
                    - {repository: acme/b}
                """)
            .pullRequests();

    assertThat(PullRequestsTree.of(read))
        .isEqualTo(
            Json.parse(
                """
                {
                  "maskAccounts": false,
                  "breaking": false,
                  "claude": true,
                  "repositories": [
                    {
                      "repository": "acme/a",
                      "when": {"tag": {"key": "k", "value": "v"}},
                      "base": "main",
                      "directory": "",
                      "labels": [],
                      "reviewers": [],
                      "limits": {"open": 10, "perHour": 2}
                    },
                    {
                      "repository": "acme/b",
                      "when": {},
                      "directory": "",
                      "labels": [],
                      "reviewers": [],
                      "limits": {"open": 10, "perHour": 2}
                    }
                  ]
                }
                """));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "[{repository: acme/a}]; true",
        "[{repository: acme/a, when: {account: '111122223333', tag: {key: k, value: v}}}]; true",
        "[{repository: acme/a, when: {account: '222233334444'}}]; false",
        "[]; false"
      })
  void thePolicyIsToldWhetherARepositoryMayHoldTheSource(String repositories, boolean mapped) {
    PolicyInput asked = Inputs.bucket();
    Configuration configuration = read("pullRequests: {repositories: " + repositories + "}");

    PolicyInput input =
        configuration.policyInput(
            asked.finding(), asked.playbook(), false, asked.origin(), asked.confidence());

    assertThat(input.mapped()).isEqualTo(mapped);
    assertThat(configuration.policy().decide(input, true, "c").goesToSource()).isEqualTo(mapped);
    assertThat(configuration.policy().decide(input, true, "c").goesLive()).isTrue();
  }

  private static String hash(String first, String second) {
    return read("pullRequests: {repositories: [" + first + ", " + second + "]}").hash();
  }

  private static List<Entry> repositories(String text) {
    return read("pullRequests: {repositories: " + text + "}")
        .pullRequests()
        .repositories()
        .entries();
  }

  private static Configuration read(String yaml) {
    return Configuration.read(YamlDocument.read("cloudmend.yaml", yaml));
  }
}
