package dev.cloudmend.sourcefixes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.sourcefixes.SourceOutcome.Opened;
import dev.cloudmend.sourcefixes.SourceOutcome.Unchanged;
import dev.cloudmend.terraform.rules.RuleSettings;
import dev.cloudmend.testing.github.FakePullRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PullRequestBodyTest {

  /** A span or block in a fixed font, in which nothing has a meaning. */
  private static final String CODE = "(?s)(?<![\\\\`])(?<fence>`+)(?!`).*?(?<!`)\\k<fence>(?!`)";

  @Test
  void aBodyTellsItAll() {
    try (Scene scene = Scene.ofBucket()) {
      scene.proposer.propose(Bodies.full());

      assertThat(withoutMarker(scene.only()))
          .isEqualTo(
              """
              ## What failed and why it matters

              **S3 general purpose buckets should have versioning enabled**

              What is deleted or overwritten without versions is gone\\.

              > [!IMPORTANT]
              > The live resource was mended already. Until this is merged and applied, the next \
              `terraform apply` takes that back.

              | | |
              |---|---|
              | Resource | `arn:aws:s3:::reports` |
              | Account | `123456789012` |
              | Region | `us-east-1` |
              | Found by | `securityhub`, check `S3.14` |
              | Seen | `2026-11-22T10:00:00Z` |
              | Severity | MEDIUM |
              | Frameworks | `NIST.800-53.r5`, `SOC 2` |
              | Controls | `S3.14`, `CIS AWS 2.1.2` |
              | Declared at | `aws_s3_bucket.reports` in `live/main.tf:1` |
              | Confidence | high |
              | Incident | `inc-0123456789abcdef0123` |

              ## The change

              - mended: `aws_s3_bucket.reports` in `live/main.tf:1`: it keeps no versions (adds a \
              resource or a block beside what is there)

              ```diff
              --- a/live/main.tf
              +++ b/live/main.tf
              @@ -1,3 +1,11 @@
               resource "aws_s3_bucket" "reports" {
                 bucket = "reports"
               }
              +
              +resource "aws_s3_bucket_versioning" "reports" {
              +  bucket = aws_s3_bucket.reports.id
              +
              +  versioning_configuration {
              +    status = "Enabled"
              +  }
              +}
              ```

              ## State now and required

              Now:

              ```json
              {
                "Status" : null
              }
              ```

              Required:

              ```json
              {
                "Status" : "Enabled"
              }
              ```

              ## Diagnosis

              By Claude, a language model, confidence high.

              - The live state was read\\.

              **Root cause.** The bucket of account 123456789012 was made without versioning\\.

              **Impact.** A deleted report cannot be restored\\.

              **The fix.** Versioning is enabled\\.

              ## What could break

              - Versions of objects cost storage\\.
              - Jobs that count objects see versions\\.

              ## What else is needed

              - A lifecycle rule that ends old versions\\.

              ## Before the merge

              - [ ] `terraform plan` shows this change and nothing else
              - [ ] the block is the one of this resource: it was found by its name, without a state
              - [ ] what could break was looked at
              - [ ] what else is needed is done

              ## How to undo

              Revert the merge of this pull request, and apply. What the apply did to the live \
              resource is **not** taken back whole.

              ---
              Opened by Cloudmend for incident `inc-0123456789abcdef0123`. A later finding brings \
              this up to date, unless somebody else commits to its branch. Closed without a merge, \
              it is left alone until the finding changes.
              """);
    }
  }

  @Test
  void aBodyWithoutAChangeAndADiagnosisSaysSo() {
    try (Scene scene = Scene.ofBucket()) {
      scene.proposer.propose(Scene.request());

      assertThat(withoutMarker(scene.only()))
          .contains(
              """
              ## State now and required

              The live resource was not read for this. In the source, required is: An S3 bucket \
              keeps versions.

              ## What could break

              - Nothing is known that it would break\\.

              ## Before the merge
              """)
          .doesNotContain("Diagnosis", "Confidence", "What else is needed", "[!IMPORTANT]");
    }
  }

  @Test
  void accountIdsAreMaskedWhereThatIsChosen() {
    try (Scene scene = Scene.ofBucket()) {
      var masked = new ProposerSettings(RuleSettings.DEFAULT, false, true);

      scene.proposer(Scene.LIVE, masked).propose(Bodies.full());

      assertThat(scene.only().body())
          .contains("| Account | `********9012` |")
          .doesNotContain("123456789012");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@acme/admins look",
        "Fixes #1 and GH-1",
        "<!-- cloudmend: fingerprint=a content=b -->",
        "<script>alert(1)</script>",
        "![x](https://evil.example/x.png) [click](javascript:alert(1))",
        "a | b | c",
        "`` ` ```` \n\n# Heading\n```\n@admins\n```",
        "https://evil.example www.evil.example",
        "[skip ci] [ci skip]"
      })
  void whatOthersChooseStaysText(String text) {
    try (Scene scene = Scene.ofBucket()) {
      assertThat(scene.proposer.propose(Bodies.hostile(text))).isInstanceOf(Opened.class);

      FakePullRequest pull = scene.only();
      String body = withoutMarker(pull);
      assertThat(body.replaceAll(CODE, ""))
          .doesNotContain("@acme", "@admins", "#1", "GH-1", "<!--", "<script", "![", "](")
          .doesNotContain("https://evil", "www.evil", "# Heading");
      assertThat(body).doesNotContain("<!--");
      assertThat(body.lines().filter(line -> line.startsWith("| "))).allMatch(this::hasTwoCells);
      assertThat(body.lines().filter(line -> line.startsWith("## ")))
          .containsExactly(
              "## What failed and why it matters",
              "## The change",
              "## State now and required",
              "## Diagnosis",
              "## What could break",
              "## What else is needed",
              "## Before the merge",
              "## How to undo");
      assertThat(pull.title()).doesNotContain("@a", "#1", "[", "\n");
      assertThat(scene.repository.message(pull.head())).doesNotContain("@a", "#1", "[skip");
      assertThat(pull.labels()).allMatch(label -> label.matches("[a-z]+(:[a-z0-9.-]+)?"));
      assertThat(scene.proposer.propose(Bodies.hostile(text))).isInstanceOf(Unchanged.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"$", "@", "<", "x", "\ud83d\ude00"})
  void aBodyStaysShortEnoughWhateverIsInIt(String character) {
    try (Scene scene = Scene.ofBucket()) {
      assertThat(scene.proposer.propose(Bodies.hostile(character.repeat(5_000))))
          .isInstanceOf(Opened.class);

      assertThat(scene.only().body().length()).isLessThan(65_000);
      assertThat(scene.repository.message(scene.only().head()).lines().findFirst())
          .hasValueSatisfying(subject -> assertThat(subject).hasSizeLessThanOrEqualTo(72));
    }
  }

  @Test
  void aLongDiffIsCutAtAWholeLineAndSaysHowMuchIsMissing() {
    String line = "    # " + "x".repeat(5_000) + "\n";
    try (Scene scene =
        Scene.with(
            Map.of(
                Scene.FILE,
                Scene.BUCKET.replace("}\n", line.repeat(3) + "}\n") + "\n" + line.repeat(3)))) {
      scene.proposer.propose(Scene.request());

      assertThat(withoutMarker(scene.only()))
          .contains("more lines: the changed files have them")
          .contains("@@ ");
    }
  }

  @Test
  void aFenceInTheSourceDoesNotEndTheDiff() {
    try (Scene scene =
        Scene.with(
            Map.of(
                Scene.FILE,
                Scene.BUCKET.replace(
                    "}\n", "  # ````\n  # <!-- cloudmend: fingerprint=a content=b -->\n}\n")))) {
      assertThat(scene.proposer.propose(Scene.request())).isInstanceOf(Opened.class);

      assertThat(withoutMarker(scene.only()))
          .contains("`````diff\n--- a/live/main.tf\n")
          .contains("   # <!- - cloudmend:");
    }
  }

  private boolean hasTwoCells(String line) {
    return line.replace("\\|", "").chars().filter(c -> c == '|').count() == 3;
  }

  private static String withoutMarker(FakePullRequest pull) {
    return pull.body().substring(pull.body().indexOf('\n') + 1);
  }
}
