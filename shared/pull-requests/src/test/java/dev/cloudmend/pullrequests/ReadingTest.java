package dev.cloudmend.pullrequests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudmend.pullrequests.GitHubException.Kind;
import dev.cloudmend.testing.functions.AdvancingClock;
import dev.cloudmend.testing.github.FakeGitHub;
import dev.cloudmend.testing.github.FakeRepository;
import dev.cloudmend.testing.github.GitHubOperation;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingTest {

  private final FakeGitHub server = FakeGitHub.start(new AdvancingClock());
  private final FakeRepository repository = server.repository("acme/infra");
  private final GitHub github =
      GitHub.connect(server.endpoint(), GitHubCredentials.token(FakeGitHub.TOKEN));

  @AfterEach
  void close() {
    github.close();
    server.close();
  }

  @Test
  void theServerGivesTheIdsThatGitGives() {
    Clock midnight = Clock.fixed(Instant.parse("2026-11-22T00:00:00Z"), ZoneOffset.UTC);
    try (FakeGitHub fixed = FakeGitHub.start(midnight);
        GitHub client =
            GitHub.connect(fixed.endpoint(), GitHubCredentials.token(FakeGitHub.TOKEN))) {
      fixed.repository("a/b").commit("main", Map.of("a/x", "hello\n", "a.tf", "b\n"), "First\n");
      RepositoryName name = new RepositoryName("a", "b");

      Commit commit = client.branch(name, Scene.MAIN).commit();

      assertThat(commit.sha()).isEqualTo("3ff2ba027e3f9d2eb2df9047b0efeded94405b09");
      assertThat(commit.tree()).isEqualTo("30e33321a81a5ce3955dab867b6ab78b73adb951");
      assertThat(client.tree(name, commit, "a").files())
          .isEqualTo(
              Map.of(
                  "a/x",
                  new SourceFile("a/x", "ce013625030ba8dba906f756967f9e9ca394464a", 6, "100644")));
    }
  }

  @Test
  void readsADirectoryWithThoseInItAndNoOther() {
    repository.commit(
        "main",
        Map.of("live/main.tf", "1", "live/modules/x.tf", "2", "live2/no.tf", "3", "top.tf", "4"),
        "First");

    Commit head = github.branch(Scene.NAME, Scene.MAIN).commit();
    SourceTree tree = github.tree(Scene.NAME, head, "live");

    assertThat(tree.files()).containsOnlyKeys("live/main.tf", "live/modules/x.tf");
    assertThat(tree.commit()).isEqualTo(head.sha());
    assertThat(github.tree(Scene.NAME, head, "").files()).hasSize(4);
    assertThat(github.text(Scene.NAME, file(tree, "live/modules/x.tf"))).isEqualTo("2");
    assertThat(server.count(GitHubOperation.GET_TREE)).isEqualTo(2);
    assertThat(server.count(GitHubOperation.GET_BLOB)).isEqualTo(1);
  }

  @Test
  void aDirectoryThatIsNotThereIsNotFound() {
    repository.commit("main", Map.of("live/main.tf", "1"), "First");
    Commit head = github.branch(Scene.NAME, Scene.MAIN).commit();

    assertThatThrownBy(() -> github.tree(Scene.NAME, head, "liv"))
        .isInstanceOfSatisfying(
            GitHubException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
    repository.listAtMost(1);
    assertThatThrownBy(() -> github.tree(Scene.NAME, head, "liv"))
        .isInstanceOfSatisfying(
            GitHubException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 8, 100})
  void aListThatGitHubCutsIsReadPartByPart(int most) {
    repository.commit(
        "main",
        Map.of(
            "live/a/1.tf",
            "1",
            "live/a/2.tf",
            "2",
            "live/b/c/3.tf",
            "3",
            "live/4.tf",
            "4",
            "other/5.tf",
            "5"),
        "First");
    repository.listAtMost(most);
    Commit head = github.branch(Scene.NAME, Scene.MAIN).commit();

    assertThat(github.tree(Scene.NAME, head, "live").files())
        .containsOnlyKeys("live/a/1.tf", "live/a/2.tf", "live/b/c/3.tf", "live/4.tf");
    assertThat(github.tree(Scene.NAME, head, "").files()).hasSize(5);
    assertThat(github.tree(Scene.NAME, head, "live/b/c").files()).containsOnlyKeys("live/b/c/3.tf");
  }

  @Test
  void aRepositoryOfTenThousandFilesTakesOneRequest() {
    var files = new TreeMap<String, String>();
    for (int i = 0; i < 10_000; i++) {
      files.put("modules/m%d/f%d.tf".formatted(i % 100, i), "# " + i);
    }
    repository.commit("main", files, "First");
    Commit head = github.branch(Scene.NAME, Scene.MAIN).commit();
    server.forget();

    assertThat(github.tree(Scene.NAME, head, "").files()).hasSize(10_000);
    assertThat(server.operations()).containsExactly(GitHubOperation.GET_TREE);
  }

  @Test
  void aLinkIsKnownFromAFile() {
    repository.commit("main", Map.of("main.tf", "1"), "First");
    repository.put("link.tf", "120000", "../secret.tf".getBytes(UTF_8));
    repository.put("run.sh", "100755", "#!/bin/sh".getBytes(UTF_8));

    SourceTree tree = head();

    assertThat(file(tree, "link.tf").isOrdinary()).isFalse();
    assertThat(file(tree, "run.sh").isOrdinary()).isTrue();
    assertThat(file(tree, "main.tf").isOrdinary()).isTrue();
  }

  @Test
  void aFileThatIsNoTextIsRefused() {
    repository.commit("main", Map.of("main.tf", "1"), "First");
    repository.put("lambda.zip", "100644", new byte[] {'P', 'K', (byte) 0xff, 0});

    SourceFile zip = file(head(), "lambda.zip");
    assertThatThrownBy(() -> github.text(Scene.NAME, zip))
        .isInstanceOfSatisfying(
            GitHubException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INVALID));
  }

  @Test
  void aFileThatIsTooLongIsNotAskedFor() {
    repository.commit("main", Map.of("main.tf", "x".repeat(1_048_577)), "First");

    SourceFile file = file(head(), "main.tf");
    assertThatThrownBy(() -> github.text(Scene.NAME, file))
        .isInstanceOf(GitHubException.class)
        .hasMessage("main.tf has 1,048,577 bytes; at most 1,048,576 are read");
    assertThat(server.count(GitHubOperation.GET_BLOB)).isZero();
  }

  @Test
  void aTextLongerThanALineOfBase64KeepsEachCharacter() {
    String text = "# \u00e4\u20ac\ud83d\ude00 \r\n".repeat(100);
    repository.commit("main", Map.of("main.tf", text), "First");

    assertThat(github.text(Scene.NAME, file(head(), "main.tf"))).isEqualTo(text);
  }

  @Test
  void theHeadOfABranchSaysWhoWroteIt() {
    repository.commit("main", Map.of("main.tf", "1"), "First");

    assertThat(github.branch(Scene.NAME, Scene.MAIN).author()).contains("developer");
  }

  @Test
  void aBranchWithSlashesIsFound() {
    repository.commit("main", Map.of("main.tf", "1"), "First");
    String sha = repository.commit("feature/new+bucket", Map.of("a", "b"), "Two");

    assertThat(github.branch(Scene.NAME, new Branch("feature/new+bucket")).commit().sha())
        .isEqualTo(sha);
  }

  private SourceTree head() {
    return github.tree(Scene.NAME, github.branch(Scene.NAME, Scene.MAIN).commit(), "");
  }

  private static SourceFile file(SourceTree tree, String path) {
    return Optional.ofNullable(tree.files().get(path)).orElseThrow();
  }
}
