package dev.cloudmend.githost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudmend.pullrequests.GitHubException;
import dev.cloudmend.pullrequests.GitHubException.Kind;
import dev.cloudmend.pullrequests.ProposalOutcome.Opened;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocationsTest {

  @TempDir private Path folder;

  @Test
  void aFolderThatIsMissingIsNamed() {
    Path missing = folder.resolve("missing");

    isRefused(missing.toString(), "acme/infra: " + missing + " is not there; expected a folder");
  }

  @Test
  void aFileIsNoRepository() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");

    isRefused(file.toString(), "is no folder; expected a folder");
  }

  @Test
  void aFolderWithoutGitIsNoRepository() {
    isRefused(folder.toString(), "is no git repository; expected a folder with a working copy");
  }

  @Test
  void aFolderInsideAWorkingCopyIsNoRepository() {
    Git git = Workshop.repository(folder.resolve("infra"));

    isRefused(git.folder().resolve("live").toString(), "is no git repository");
  }

  @Test
  void aRepositoryWithLongIdsIsNotUnderstood() {
    Git git = Git.make(folder.resolve("long"), "init", "-q", "--object-format=sha256", ".");

    isRefused(git.folder().toString(), "names its objects by sha256; only sha1 is understood");
  }

  @ParameterizedTest
  @ValueSource(strings = {"git://example.com/x.git", "ext::sh -c x://", "http://example.com/x"})
  void anUnknownKindOfUrlIsRefused(String url) {
    isRefused(url, "acme/infra: ");
  }

  @Test
  void aUrlThatCannotBeReadIsNamedWithoutItsPassword() {
    assertThatThrownBy(() -> start("https://ana:s3cret@127.0.0.1:1/x.git").close())
        .isInstanceOf(GitHostException.class)
        .hasMessageContaining("https://ana@127.0.0.1:1/x.git cannot be read as a git repository")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void aUrlOfNothingIsNamed() {
    isRefused(folder.resolve("none.git").toUri().toString(), "cannot be read as a git repository");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "acme", "acme/", "/infra", "a/b/c", "acme/..", "a b/c", "-a/b"})
  void aNameThatGitHubCannotHaveIsRefused(String name) {
    assertThatThrownBy(() -> Hosted.of(name, "x"))
        .isInstanceOf(GitHostException.class)
        .hasMessageContaining("owner/name");
  }

  @Test
  void oneNameStandsForOneRepository() {
    String location = Workshop.repository(folder.resolve("infra")).folder().toString();

    assertThatThrownBy(
            () ->
                GitHost.start(
                        folder.resolve("data"),
                        List.of(
                            Hosted.of("acme/infra", location), Hosted.of("Acme/Infra", location)))
                    .close())
        .isInstanceOf(GitHostException.class)
        .hasMessage("Acme/Infra is named twice");
  }

  @Test
  void severalRepositoriesAreServedSideBySide() {
    Git one = Workshop.repository(folder.resolve("one"));
    Git two = Workshop.repository(folder.resolve("two"));
    try (GitHost host =
        GitHost.start(
            folder.resolve("data"),
            List.of(
                Hosted.of("acme/one", one.folder().toString()),
                Hosted.of("acme/two.x", two.folder().toString())))) {
      Wire wire = new Wire(host.address());

      assertThat(wire.get("/repos/acme/one").status()).isEqualTo(200);
      assertThat(wire.get("/repos/acme/two.x").json().path("name").asText()).isEqualTo("two.x");
      assertThat(host.pullRequests("acme/one")).isEmpty();
      assertThatThrownBy(() -> host.pullRequests("acme/three"))
          .isInstanceOf(GitHostException.class);
    }
  }

  @Test
  void aBareRepositoryIsServedToo() {
    Git git = Workshop.repository(folder.resolve("infra"));
    Git bare =
        Git.make(folder.resolve("bare"), "clone", "-q", "--bare", git.folder().toString(), ".");
    try (Workshop shop = Workshop.at(folder.resolve("data"), bare, bare.folder().toString())) {
      assertThat(shop.pullRequests.propose(shop.fix())).isInstanceOf(Opened.class);
      assertThat(bare.show(Workshop.HEAD.name(), Workshop.FILE) + "\n").isEqualTo(Workshop.AFTER);
    }
  }

  @Test
  void aLinkedWorkingTreeIsServedToo() {
    Git git = Workshop.repository(folder.resolve("infra"));
    Path linked = folder.resolve("linked");
    git.run("worktree", "add", "-q", "-b", "feature", linked.toString());
    try (Workshop shop = Workshop.at(folder.resolve("data"), git, linked.toString())) {
      assertThat(shop.pullRequests.propose(shop.fix())).isInstanceOf(Opened.class);
      assertThat(git.show(Workshop.HEAD.name(), Workshop.FILE) + "\n").isEqualTo(Workshop.AFTER);
      assertThat(git.run("config", "branch." + Workshop.HEAD + ".description"))
          .startsWith("Switch versioning on");
    }
  }

  @Test
  void anEmptyRepositoryIsSaidToBeEmpty() {
    Git empty = Git.init(folder.resolve("empty"));
    try (Workshop shop = Workshop.at(folder.resolve("data"), empty, empty.folder().toString())) {
      isEmpty(shop);
      empty.write(Workshop.FILE, Workshop.BEFORE).commit("First");
      assertThat(shop.pullRequests.propose(shop.fix())).isInstanceOf(Opened.class);
    }
  }

  @Test
  void anEmptyRemoteIsSaidToBeEmpty() {
    Git empty = Git.make(folder.resolve("empty.git"), "init", "-q", "--bare", "-b", "main", ".");
    try (Workshop shop =
        Workshop.at(folder.resolve("data"), empty, empty.folder().toUri().toString())) {
      isEmpty(shop);
    }
  }

  @Test
  void pullRequestsThatCannotBeReadAreLeftAsTheyAre() throws IOException {
    Git git = Workshop.repository(folder.resolve("infra"));
    Path kept = folder.resolve("data/pull-requests/acme/infra.json");
    Files.createDirectories(kept.getParent());
    Files.writeString(kept, "{\"format\": 1, ");

    isRefused(git.folder().toString(), "infra.json does not hold pull requests");
    assertThat(kept).hasContent("{\"format\": 1, ");
  }

  @Test
  void pullRequestsOfALaterVersionAreLeftAsTheyAre() throws IOException {
    Git git = Workshop.repository(folder.resolve("infra"));
    Path kept = folder.resolve("data/pull-requests/acme/infra.json");
    Files.createDirectories(kept.getParent());
    Files.writeString(kept, "{\"format\": 2}");

    isRefused(git.folder().toString(), "another version");
    assertThat(kept).hasContent("{\"format\": 2}");
  }

  private static void isEmpty(Workshop shop) {
    assertThat(shop.github.repository(Workshop.NAME).defaultBranch()).isEqualTo(Workshop.MAIN);
    assertThatThrownBy(() -> shop.github.branch(Workshop.NAME, Workshop.MAIN))
        .isInstanceOfSatisfying(
            GitHubException.class, e -> assertThat(e.kind()).isEqualTo(Kind.EMPTY));
  }

  private void isRefused(String location, String message) {
    assertThatThrownBy(() -> start(location).close())
        .isInstanceOf(GitHostException.class)
        .hasMessageContaining(message);
  }

  private GitHost start(String location) {
    return GitHost.start(folder.resolve("data"), List.of(Hosted.of("acme/infra", location)));
  }
}
