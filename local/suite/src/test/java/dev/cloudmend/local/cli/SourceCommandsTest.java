package dev.cloudmend.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.playbooks.Catalogue;
import dev.cloudmend.playbooks.Playbook;
import dev.cloudmend.playbooks.PlaybookInfo;
import dev.cloudmend.terraform.rules.Rules;
import dev.cloudmend.terraform.rules.SourceRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceCommandsTest {

  private static final String VERSIONING = "s3-bucket-versioning";
  private static final String MAIN =
      """
      # The reports
      resource "aws_s3_bucket" "reports" {
        bucket = "cloudmend-demo-reports"
      }

      resource "aws_s3_bucket_versioning" "reports" {
        bucket = aws_s3_bucket.reports.id
        versioning_configuration {
          status = "Suspended"
        }
      }

      resource "aws_s3_bucket" "other" {
        bucket = "other"
      }
      """;
  private static final String MENDED = MAIN.replace("Suspended", "Enabled");

  @TempDir private Path folder;
  private Path main;

  @BeforeEach
  void source() throws IOException {
    main = folder.resolve("main.tf");
    Files.writeString(main, MAIN);
  }

  @Test
  void aScanNamesFileLineRuleAndTheChecksOfOthers() {
    Terminal.Result result = run("scan", folder(), "--rule", VERSIONING);
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out())
        .contains("main.tf:9  s3-bucket-versioning  aws_s3_bucket_versioning.reports")
        .contains("CKV_AWS_21 AWS-0090")
        .contains("2 violations in 1 files");
    JsonNode first =
        run("scan", folder(), "--rule", VERSIONING, "--json").json().at("/violations/0");
    assertThat(first.path("line").asInt()).isEqualTo(9);
    assertThat(first.path("fixable").asBoolean()).isTrue();
  }

  @Test
  void aScanThatFindsNothingEndsWithZeroAndABrokenFileIsNamed() throws IOException {
    Files.writeString(main, "resource \"aws_vpc\" \"v\" {\n");
    Terminal.Result result = run("scan", folder());
    assertThat(result.code()).isZero();
    assertThat(result.err()).contains("left alone: main.tf: main.tf:");
    assertThat(run("scan", folder(), "--json").json().at("/leftAlone/0/path").asText())
        .isEqualTo("main.tf");
  }

  @Test
  void aBaselineLeavesOutWhatIsKnownAndNothingElse() throws IOException {
    String baseline = folder.resolve("known.json").toString();
    assertThat(run("scan", folder(), "--rule", VERSIONING, "--write-baseline", baseline).code())
        .isZero();
    assertThat(run("scan", folder(), "--rule", VERSIONING, "--baseline", baseline).code()).isZero();
    Files.writeString(main, "\n" + MAIN + "\nresource \"aws_s3_bucket\" \"new\" {\n}\n");
    JsonNode after =
        run("scan", folder(), "--rule", VERSIONING, "--baseline", baseline, "--json").json();
    assertThat(after.path("violations")).hasSize(1);
    assertThat(after.at("/violations/0/address").asText()).isEqualTo("aws_s3_bucket.new");
    assertThat(after.path("known").asInt()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{", "{\"known\":[{\"nothing\":1}]}"})
  void aBaselineThatIsNoneIsRefused(String text) throws IOException {
    Path baseline = Files.writeString(folder.resolve("known.json"), text);
    Terminal.Result result = run("scan", folder(), "--baseline", baseline.toString());
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("known.json").contains("scan --write-baseline");
  }

  @Test
  void aDiffIsShownAndNothingIsWrittenWithoutWrite() throws IOException {
    Terminal.Result result = run("fix-source", folder(), "--rule", VERSIONING);
    assertThat(result.code()).isZero();
    assertThat(result.out())
        .contains("--- a/main.tf", "+++ b/main.tf", "-    status = \"Suspended\"")
        .contains("+    status = \"Enabled\"")
        .contains("+resource \"aws_s3_bucket_versioning\" \"other\" {")
        .contains("2 mended, 0 left, 1 files would change; --write writes them");
    assertThat(main).hasContent(MAIN);
  }

  @Test
  void aFindingIsFollowedToItsBlockAndNothingElseIsMended() throws IOException {
    Files.setPosixFilePermissions(main, PosixFilePermissions.fromString("rw-r-----"));
    Terminal.Result result =
        run("fix-source", folder(), "--finding", sample("vanta/s3-versioning.json"), "--write");
    assertThat(result.code()).as(result.out() + result.err()).isZero();
    assertThat(result.out())
        .contains(
            "arn:aws:s3:::cloudmend-demo-reports is aws_s3_bucket.reports, main.tf:2 (by NAME)");
    assertThat(main).hasContent(MENDED);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(main)))
        .isEqualTo("rw-r-----");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(main);
    }
    JsonNode again =
        run("fix-source", folder(), "--finding", sample("vanta/s3-versioning.json"), "--json")
            .json();
    assertThat(again.path("files")).isEmpty();
    assertThat(again.at("/locations/0/way").asText()).isEqualTo("NAME");
  }

  @Test
  void aResourceThatTwoBlocksMayBeIsNotEdited() throws IOException {
    Files.writeString(
        folder.resolve("more.tf"), MAIN.replace("\"reports\"", "\"again\"").replace("other", "o2"));
    Terminal.Result result =
        run("fix-source", folder(), "--finding", sample("vanta/s3-versioning.json"), "--write");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out())
        .contains("is not located")
        .contains("aws_s3_bucket.reports in main.tf:2", "aws_s3_bucket.again in more.tf:2");
    assertThat(main).hasContent(MAIN);
  }

  @Test
  void aStateTellsWhichBlockItIs() throws IOException {
    Files.writeString(main, MAIN.replace("\"cloudmend-demo-reports\"", "var.name"));
    Path state = folder.resolve("terraform.tfstate");
    Files.writeString(
        state,
        """
        {"version": 4, "resources": [{"mode": "managed", "type": "aws_s3_bucket", "name": "reports",
          "provider": "provider[\\"registry.terraform.io/hashicorp/aws\\"]", "instances": [{"attributes":
          {"arn": "arn:aws:s3:::cloudmend-demo-reports", "id": "cloudmend-demo-reports"}}]}]}
        """);
    JsonNode result =
        run(
                "fix-source",
                folder(),
                "--finding",
                sample("vanta/s3-versioning.json"),
                "--state",
                state.toString(),
                "--json")
            .json();
    assertThat(result.at("/locations/0/way").asText()).isEqualTo("STATE");
    assertThat(result.at("/fixed/0/rule").asText()).isEqualTo(VERSIONING);
  }

  @Test
  void aBreakingEditNeedsAYes() throws IOException {
    Files.writeString(
        main, "resource \"aws_ebs_volume\" \"v\" {\n  availability_zone = \"us-east-1a\"\n}\n");
    Terminal.Result without =
        run("fix-source", folder(), "--rule", "ec2-ebs-volume-encryption", "--write");
    assertThat(without.code()).isEqualTo(1);
    assertThat(without.out()).contains("needs a yes");
    assertThat(
            run(
                    "fix-source",
                    folder(),
                    "--rule",
                    "ec2-ebs-volume-encryption",
                    "--write",
                    "--breaking")
                .code())
        .isZero();
    assertThat(main).content().contains("encrypted");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "scan none",
        "scan . --rule none",
        "fix-source . --rule none",
        "fix-source .",
        "fix-source . --all --rule x",
        "fix-source . --finding none.json",
        "scan . --baseline none.json"
      })
  void whatCannotBeUsedEndsWithTwo(String line) {
    Terminal.Result result = run(line.split(" "));
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).startsWith("cloudmend: ");
  }

  /** A playbook that fixes a live resource and has no source form would be undone by Terraform. */
  @Test
  void everyPlaybookHasASourceRuleAndEveryRuleThatNamesOneNamesOneThatIsPlanned() {
    List<String> ids =
        Catalogue.standard().playbooks().stream()
            .map(Playbook::info)
            .map(PlaybookInfo::id)
            .toList();
    assertThat(ids).allSatisfy(id -> assertThat(Rules.ofPlaybook(id)).isNotEmpty());
    assertThat(Rules.standard().stream().map(SourceRule::info))
        .allSatisfy(
            rule -> {
              assertThat(rule.id()).matches("(s3|iam|ec2)-[a-z0-9-]+");
              assertThat(rule.checkov()).allMatch(check -> check.matches("CKV2?_AWS_\\d+"));
              assertThat(rule.trivy()).allMatch(check -> check.matches("AWS-\\d{4}"));
            })
        .extracting(info -> info.id())
        .doesNotHaveDuplicates();
  }

  @Test
  void thePageListsEveryRule() throws IOException {
    String page =
        Files.readString(Path.of(System.getProperty("cloudmend.root"), "docs/terraform.md"));
    List<String> rows =
        Rules.standard().stream()
            .map(SourceRule::info)
            .map(
                rule ->
                    "| `%s` | %s | %s | %s | %s |"
                        .formatted(
                            rule.id(),
                            rule.title(),
                            rule.severity(),
                            rule.safety(),
                            String.join(
                                " ",
                                Stream.concat(rule.checkov().stream(), rule.trivy().stream())
                                    .toList())))
            .toList();
    assertThat(page.lines().filter(line -> line.startsWith("| `"))).containsExactlyElementsOf(rows);
  }

  private String folder() {
    return folder.toString();
  }

  private static String sample(String name) {
    return Path.of(System.getProperty("cloudmend.root"), "events", name).toString();
  }

  private static Terminal.Result run(String... arguments) {
    return Terminal.run((Object[]) arguments);
  }
}
