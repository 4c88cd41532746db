package dev.cloudmend.githost;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.pullrequests.Commit;
import dev.cloudmend.pullrequests.FileChange;
import dev.cloudmend.pullrequests.Proposal;
import dev.cloudmend.pullrequests.ProposalOutcome.Opened;
import dev.cloudmend.pullrequests.SourceFile;
import dev.cloudmend.pullrequests.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargeTreeTest {

  private static final int FILES = 10_000;

  @TempDir private Path folder;

  @Test
  void tenThousandFilesAreReadAndOneOfThemIsChanged() throws IOException {
    Git git = Git.init(folder.resolve("infra"));
    stream(git);
    try (Workshop shop = Workshop.at(folder.resolve("data"), git, git.folder().toString())) {
      Commit head = shop.github.branch(Workshop.NAME, Workshop.MAIN).commit();

      SourceTree tree = shop.github.tree(Workshop.NAME, head, "");

      assertThat(tree.files()).hasSize(FILES);
      SourceFile one = requireNonNull(tree.files().get("d7/e42/f4.tf"));
      assertThat(one.mode()).isEqualTo(FileChange.FILE);
      assertThat(shop.github.text(Workshop.NAME, one))
          .isEqualTo("# file 4427\n")
          .hasSize((int) one.size());
      assertThat(shop.pullRequests.propose(fix(shop, head, one.path()))).isInstanceOf(Opened.class);
      assertThat(git.run("diff", "--name-only", "main", Workshop.HEAD.name()))
          .isEqualTo("d7/e42/f4.tf");
    }
  }

  @Test
  void aListIsCutWhereItHasAsManyEntriesAsAreAllowed() throws IOException {
    JGitSettings.use();
    Git git = Git.init(folder.resolve("infra"));
    git.write("a/one", "1").write("a/two", "2").write("b", "3").commit("First");
    try (Repository repository =
        new FileRepositoryBuilder().setGitDir(git.folder().resolve(".git").toFile()).build()) {
      ObjectId tree = ObjectId.fromString(git.run("rev-parse", "main^{tree}"));

      assertThat(listed(new TreeListing(repository, 4).of(tree, true)))
          .isEqualTo("[a, a/one, a/two, b] false");
      assertThat(listed(new TreeListing(repository, 3).of(tree, true)))
          .isEqualTo("[a, a/one, a/two] true");
      assertThat(listed(new TreeListing(repository, 2).of(tree, false))).isEqualTo("[a, b] false");
    }
  }

  private static String listed(ObjectNode list) {
    return list.path("tree").findValuesAsText("path") + " " + list.path("truncated");
  }

  private static Proposal fix(Workshop shop, Commit head, String path) {
    Proposal fix = shop.fix();
    return new Proposal(
        Workshop.NAME,
        head.sha(),
        List.of(new FileChange.Write(path, "# changed\n", FileChange.FILE)),
        fix.commitMessage(),
        fix.draft());
  }

  /** Commits files without writing them one by one. */
  private static void stream(Git git) throws IOException {
    var stream = new StringBuilder("commit refs/heads/main\n");
    stream.append("committer Ana <ana@example.com> 1700000000 +0000\ndata 5\nFirst\n");
    for (int i = 0; i < FILES; i++) {
      String text = "# file " + i + "\n";
      stream
          .append("M 100644 inline d%d/e%d/f%d.tf\n".formatted(i % 10, i / 10 % 100, i / 1000))
          .append("data %d\n%s\n".formatted(text.length(), text));
    }
    Path script = git.folder().resolveSibling("stream");
    Files.writeString(script, stream);
    git.run(script, "fast-import", "--quiet");
  }
}
