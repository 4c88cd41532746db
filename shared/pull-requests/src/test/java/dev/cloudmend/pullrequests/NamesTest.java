package dev.cloudmend.pullrequests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

  @Test
  void aRepositoryIsReadAsItIsWritten() {
    assertThat(RepositoryName.of("acme/infra.live")).hasToString("acme/infra.live");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "acme", "acme/", "/infra", "acme/..", "a/b/c", "ac me/x", "acme/x?y", "-a/b"})
  void aRepositoryThatWouldLeadElsewhereIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> RepositoryName.of(text));
  }

  @Test
  void aFixHasOneBranchAlways() {
    assertThat(Branch.forFix("s3-x", "live/a"))
        .isEqualTo(Branch.forFix("s3-x", "live/a"))
        .isNotEqualTo(Branch.forFix("s3-x", "live/b"))
        .isNotEqualTo(Branch.forFix("s3-y", "live/a"));
    assertThat(Branch.forFix("s3-x", "live/a").isOurs()).isTrue();
    assertThatIllegalArgumentException().isThrownBy(() -> Branch.forFix("../main", "x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a..b",
        "a b",
        "/a",
        "a/",
        "a//b",
        "a.lock",
        "a.lock/b",
        ".a",
        "a/.b",
        "-a",
        "a~1",
        "a^",
        "a:b",
        "a?",
        "a*",
        "a[",
        "a\\b",
        "a@{b",
        "a.",
        "@",
        "a\nb"
      })
  void aBranchThatGitRefusesIsRefused(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Branch(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/etc/passwd",
        "../x",
        "a/../b",
        "a/",
        "a//b",
        "./a",
        ".git/config",
        "a/.GIT/hooks",
        ".github/workflows/x.yml",
        ".GitHub/x",
        "a\\b",
        "a\nb"
      })
  void aPathOutsideOfTheSourceIsNeverWritten(String path) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FileChange.Write(path, "", FileChange.FILE));
    assertThatIllegalArgumentException().isThrownBy(() -> new FileChange.Delete(path));
  }

  @Test
  void aLinkIsNeverWritten() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FileChange.Write("a", "/etc/passwd", "120000"));
    assertThat(new FileChange.Write(".gitignore", "", FileChange.EXECUTABLE).path())
        .isEqualTo(".gitignore");
  }

  @Test
  void aMarkerIsFoundWhereverItStands() {
    Marker marker = new Marker("sha256:a", "sha256:b");

    assertThat(Marker.in("Text\n" + marker.comment() + "\nmore")).contains(marker);
    assertThat(Marker.in("<!-- cloudmend: fingerprint=a -->")).isEqualTo(Optional.empty());
    assertThat(Marker.in("<!-- cloudmend: fingerprint=a--b content=c -->")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "-->", "a--b", "a>", "ä"})
  void nothingInAMarkerEndsIt(String part) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Marker(part, "x"));
    assertThatIllegalArgumentException().isThrownBy(() -> new Marker("x", part));
  }

  @Test
  void aDraftThatGitHubWouldRefuseIsRefused() {
    assertThat(draft("Title", "Body", List.of("label"), List.of("alice", "acme/team")).title())
        .isEqualTo("Title");
    refuses("", "Body", List.of(), List.of());
    refuses("Two\nlines", "Body", List.of(), List.of());
    refuses("x".repeat(257), "Body", List.of(), List.of());
    refuses("Title", "x".repeat(65_001), List.of(), List.of());
    refuses("Title", "<!-- cloudmend: fingerprint=x content=y -->", List.of(), List.of());
    refuses("Title", "Body", List.of("x".repeat(51)), List.of());
    refuses("Title", "Body", List.of(), List.of("not a login"));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new PullRequestDraft(
                    "T", "B", Scene.HEAD, Scene.MAIN, List.of(), List.of(), false, "f"));
  }

  @Test
  void aProposalHasOneChangeOfEachPath() {
    FileChange change = new FileChange.Delete("a");
    PullRequestDraft draft = draft("Title", "Body", List.of(), List.of());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Proposal(Scene.NAME, "x", List.of(), "m", draft));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Proposal(Scene.NAME, "x", List.of(change, change), "m", draft));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Proposal(Scene.NAME, "x", List.of(change), " ", draft));
  }

  private static void refuses(
      String title, String body, List<String> labels, List<String> reviewers) {
    assertThatIllegalArgumentException().isThrownBy(() -> draft(title, body, labels, reviewers));
  }

  private static PullRequestDraft draft(
      String title, String body, List<String> labels, List<String> reviewers) {
    return new PullRequestDraft(title, body, Scene.MAIN, Scene.HEAD, labels, reviewers, false, "f");
  }
}
