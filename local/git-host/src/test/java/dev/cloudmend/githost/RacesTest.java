package dev.cloudmend.githost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.pullrequests.GitHub;
import dev.cloudmend.pullrequests.Proposal;
import dev.cloudmend.pullrequests.ProposalOutcome;
import dev.cloudmend.pullrequests.ProposalOutcome.Opened;
import dev.cloudmend.pullrequests.ProposalOutcome.Unchanged;
import dev.cloudmend.pullrequests.PullRequests;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RacesTest {

  private static final int CLIENTS = 6;

  @TempDir private Path folder;

  @RepeatedTest(3)
  void proposalsAtTheSameTimeGiveOnePullRequest() throws InterruptedException, ExecutionException {
    try (Workshop shop = Workshop.of(folder)) {
      Proposal fix = shop.fix();

      List<ProposalOutcome> outcomes = atOnce(() -> shop.pullRequests.propose(fix));

      assertThat(outcomes).hasOnlyElementsOfTypes(Opened.class, Unchanged.class);
      assertThat(shop.only().isOpen()).isTrue();
      assertThat(shop.git.head(Workshop.HEAD + "^")).isEqualTo(fix.baseCommit());
      assertThat(shop.git.run("fsck", "--strict", "--no-dangling")).isEmpty();
    }
  }

  @Test
  void twoServersOverTheSameFolderGiveOnePullRequest()
      throws InterruptedException, ExecutionException {
    try (Workshop shop = Workshop.of(folder);
        GitHost second = shop.start();
        GitHub other = shop.connect(second)) {
      Proposal fix = shop.fix();
      List<PullRequests> clients = List.of(shop.pullRequests, new PullRequests(other));
      var turns = Collections.synchronizedList(new ArrayList<>(clients));
      for (int i = clients.size(); i < CLIENTS; i++) {
        turns.add(clients.get(i % clients.size()));
      }

      List<ProposalOutcome> outcomes = atOnce(() -> turns.removeLast().propose(fix));

      assertThat(outcomes).hasOnlyElementsOfTypes(Opened.class, Unchanged.class);
      assertThat(shop.only()).isEqualTo(second.pullRequests("acme/infra").getFirst());
    }
  }

  @Test
  void commentsAtTheSameTimeAreAllKept() throws InterruptedException, ExecutionException {
    try (Workshop shop = Workshop.of(folder)) {
      shop.pullRequests.propose(shop.fix());
      Wire wire = new Wire(shop.host.address());

      List<Wire.Got> answers =
          atOnce(
              () -> wire.post("/repos/acme/infra/issues/1/comments", "{\"body\": \"a comment\"}"));

      assertThat(answers).allSatisfy(a -> assertThat(a.status()).isEqualTo(201));
      assertThat(shop.only().comments()).hasSize(CLIENTS);
    }
  }

  @Test
  void ofTwoMovesFromTheSameCommitOneIsRefused() throws InterruptedException, ExecutionException {
    try (Workshop shop = Workshop.of(folder)) {
      Wire wire = new Wire(shop.host.address());
      String base = shop.git.head("main");
      wire.post(
          "/repos/acme/infra/git/refs",
          "{\"ref\": \"refs/heads/x\", \"sha\": \"%s\"}".formatted(base));
      var commits = Collections.synchronizedList(new ArrayList<String>());
      for (int i = 0; i < CLIENTS; i++) {
        commits.add(wire.commit(base, "Message " + i));
      }

      List<Wire.Got> answers =
          atOnce(
              () ->
                  wire.patch(
                      "/repos/acme/infra/git/refs/heads/x",
                      "{\"sha\": \"%s\", \"force\": false}".formatted(commits.removeLast())));

      assertThat(answers).filteredOn(a -> a.status() == 200).hasSize(1);
      assertThat(answers)
          .filteredOn(a -> a.status() != 200)
          .hasSize(CLIENTS - 1)
          // By what it sees: the other's commit, or still the other's lock. The client looks again
          // after both.
          .allSatisfy(
              a ->
                  assertThat(a.status() + " " + a.message())
                      .isIn(
                          "422 Update is not a fast forward",
                          "409 The reference is being changed by somebody else"));
      assertThat(shop.git.head("x^")).isEqualTo(base);
    }
  }

  private static <T> List<T> atOnce(Callable<T> call)
      throws InterruptedException, ExecutionException {
    try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
      List<T> results = new ArrayList<>();
      for (Future<T> each : threads.invokeAll(Collections.nCopies(CLIENTS, call))) {
        results.add(each.get());
      }
      return results;
    }
  }
}
