package dev.cloudmend.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.configuration.policy.PolicyFields;
import dev.cloudmend.local.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyCommandTest {

  private static final Path ROOT = ProjectFiles.ofLauncher().root();
  private static final Path EVENT = ROOT.resolve("events/vanta/s3-versioning.json");

  @TempDir private Path folder;

  @Test
  void aGoodPolicyIsSaidToBe() throws IOException {
    Terminal.Result result = Terminal.run("policy", "check", policy());

    assertThat(result.code()).isZero();
    assertThat(result.out()).contains("ok, 2 rules");
  }

  @Test
  void everyProblemOfABadOneIsSaidWithLineAndColumn() throws IOException {
    Path file =
        file(
            "bad.yaml",
            """
            rules:
              - name: one
                when: {finding: {severty: [HIGH]}}
                mode: automatc
              - name: two
                when: {resource: {account: [111122223333]}}
                mode: guided
            """);

    Terminal.Result result = Terminal.run("policy", "check", file);

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .contains("bad.yaml:3:")
        .contains("finding.severity")
        .contains("bad.yaml:4:11#/rules/0/mode")
        .contains("bad.yaml:6:")
        .contains("quote");
    assertThat(Terminal.run("policy", "check", file, "--json").json().path("errors").size())
        .isGreaterThanOrEqualTo(3);
  }

  @Test
  void aPolicyThatIsNotThereIsAProblemToo() {
    Terminal.Result result = Terminal.run("policy", "check", folder.resolve("none.yaml"));

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("none.yaml").contains("does not exist");
  }

  @Test
  void theRuleThatDecidesIsNamedAndTheEarlierOnesSayWhyNot() throws IOException {
    Terminal.Result result = Terminal.run("policy", "explain", EVENT, "--policy", policy());

    assertThat(result.code()).isZero();
    assertThat(result.out())
        .contains("guided, dry run, by rule 'the-rest'")
        .contains("'other-account' (line 2)")
        .contains("resource.account is \"123456789012\"");
  }

  @Test
  void theExplanationHasTheDocumentThatRulesAreMatchedWith() throws IOException {
    JsonNode incident =
        Terminal.run(
                "policy",
                "explain",
                EVENT,
                "--policy",
                policy(),
                "--live",
                "--confidence",
                "low",
                "--json")
            .json()
            .at("/incidents/0");

    assertThat(incident.at("/document/playbook/id").asText()).isEqualTo("s3-bucket-versioning");
    assertThat(incident.at("/document/diagnosis/confidence").asText()).isEqualTo("low");
    assertThat(incident.at("/decision/dryRun").asBoolean()).isFalse();
    assertThat(incident.at("/decision/configuration").asText()).startsWith("sha256:");
  }

  @Test
  void casesHoldOrSayWhatWasDecidedOtherwise() throws IOException {
    Path cases =
        file(
            "cases.yaml",
            """
            cases:
              - name: asks
                event: %1$s
                expect: {mode: guided, rule: the-rest, dryRun: false}
              - name: would not ask
                event: %1$s
                expect: {mode: automatic}
            """
                .formatted(EVENT));

    Terminal.Result result = Terminal.run("policy", "test", cases, "--policy", policy());

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out())
        .contains("holds  asks")
        .contains("differs would not ask")
        .contains("mode is \"guided\", expected \"automatic\"")
        .contains("1 of 2 hold");
    assertThat(
            Terminal.run("policy", "test", cases, "--policy", policy(), "--json")
                .json()
                .path("failed")
                .asInt())
        .isEqualTo(1);
  }

  @Test
  void aCaseWhoseEventReachesNoPlaybookDoesNotHold() throws IOException {
    Path cases =
        file(
            "cases.yaml",
            """
            cases:
              - name: another playbook
                event: %s
                playbook: iam-password-policy
                expect: {mode: automatic}
            """
                .formatted(EVENT));

    assertThat(Terminal.run("policy", "test", cases).code()).isEqualTo(1);
  }

  @Test
  void casesThatAreNotValidAreAllNamed() throws IOException {
    Path cases =
        file("cases.yaml", "cases:\n  - {name: x, event: y}\n  - {event: z, expect: {}}\n");

    Terminal.Result result = Terminal.run("policy", "test", cases);

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("cases.yaml:2:").contains("cases.yaml:3:");
  }

  @Test
  void thePageHasTheFieldsAsTheyAre() throws IOException {
    assertThat(Files.readString(ROOT.resolve("docs/policy.md"))).contains(PolicyFields.markdown());
    assertThat(Terminal.run("policy", "fields", "--markdown").out())
        .isEqualTo(PolicyFields.markdown());
    assertThat(Terminal.run("policy", "fields").out()).contains("finding.severity");
  }

  @Test
  void theConfigurationOfARunIsChecked() throws IOException {
    Path good = file("cloudmend.yaml", "trustedSenders: [\"111122223333\"]\n");
    assertThat(Terminal.run("config", "check", "--config", good).out()).contains("ok, rules: 0");

    Path bad = file("bad.yaml", "trustedSender: [\"111122223333\"]\n");
    Terminal.Result result = Terminal.run("config", "check", "--config", bad);
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("bad.yaml:1:1").contains("trustedSenders");
  }

  private Path policy() throws IOException {
    return file(
        "policy.yaml",
        """
        rules:
          - name: other-account
            when: {resource: {account: ["444455556666"]}}
            mode: ignore
          - name: the-rest
            mode: guided
        """);
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
