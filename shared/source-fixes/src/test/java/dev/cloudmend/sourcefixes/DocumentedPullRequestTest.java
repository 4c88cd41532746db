package dev.cloudmend.sourcefixes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.testing.github.FakePullRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The pull request that the documentation shows is the one that GitHub is sent. {@code
 * docs/render-pull-request} writes it anew, and makes a picture of the page that is left in the
 * build folder here.
 */
class DocumentedPullRequestTest {

  private static final boolean WRITES = Boolean.getBoolean("cloudmend.documents.write");
  private static final Path DOCS = Path.of(System.getProperty("cloudmend.root"), "docs");
  private static final Path EXAMPLE = DOCS.resolve("examples/pull-request.md");
  private static final Path PAGE = Path.of("target", "pull-request.html");

  @Test
  void theExampleIsWhatGitHubIsSent() throws IOException {
    String sent = document(ExampleFix.opened());
    if (WRITES) {
      Files.writeString(EXAMPLE, sent);
    }

    assertThat(Files.readString(EXAMPLE)).isEqualTo(sent);
  }

  @Test
  void itsPageShowsAllPartsAndNeedsNothingFromElsewhere() throws IOException {
    String page =
        GitHubPage.of(
            document(ExampleFix.opened()), Files.readString(DOCS.resolve("pull-request.css")));
    Files.writeString(PAGE, page);

    assertThat(page)
        .contains("<h1>S3 bucket blocks public access: aws_s3_bucket.logs</h1>")
        .contains("<span class=\"label\">severity:high</span>")
        .contains("<td>Declared at</td>", "<span class=\"removed\">-  restrict_public_buckets")
        .contains("<input type=\"checkbox\" disabled=\"\">")
        .doesNotContain("<a ", "<img", "<script", "<link", "url(", "@import");
  }

  @Test
  void anAlertIsShownAsOne() {
    assertThat(GitHubPage.body("> [!IMPORTANT]\n> Mended already.\n"))
        .isEqualTo(
            """
            <blockquote class="alert">
            <p class="kind">Important</p>
            <p>Mended already.</p>
            </blockquote>
            """);
  }

  /** Title, labels, and the body without what no reader sees. */
  private static String document(FakePullRequest pull) {
    String labels =
        pull.labels().stream().map(label -> "`" + label + "`").collect(Collectors.joining(" "));
    String body = pull.body().replaceFirst("(?s)\\A<!--.*?-->\n", "");
    return "# " + pull.title() + "\n\nLabels: " + labels + "\n\n" + body;
  }
}
