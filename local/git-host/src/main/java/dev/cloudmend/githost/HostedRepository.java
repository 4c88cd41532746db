package dev.cloudmend.githost;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;

/** One repository with its pull requests. */
final class HostedRepository implements AutoCloseable {

  private final Storage storage;
  private final Branches branches;
  private final GitData gitData;
  private final PullRequestApi pulls;
  private final Page page;

  private HostedRepository(
      Hosted hosted, Storage storage, PullFile file, URI address, Clock clock) {
    String name = hosted.name();
    this.storage = storage;
    branches = new Branches(storage, hosted.protectedBranches());
    gitData = new GitData(name, storage.git(), branches, clock);
    pulls =
        new PullRequestApi(
            name.substring(0, name.indexOf('/')),
            file,
            branches,
            new PullForm(name, address),
            new Descriptions(storage),
            clock);
    page = new Page(name, storage.git());
  }

  /**
   * Opens it, and reads what is kept of it.
   *
   * @param data where clones and pull requests are kept
   * @throws GitHostException when it cannot be had
   */
  static HostedRepository open(Hosted hosted, Path data, URI address, Clock clock) {
    Storage storage = Locations.open(hosted, data);
    try {
      Path file =
          data.resolve("pull-requests").resolve(hosted.name().toLowerCase(Locale.ROOT) + ".json");
      Files.createDirectories(file.getParent());
      var repository = new HostedRepository(hosted, storage, new PullFile(file), address, clock);
      repository.pulls.all();
      return repository;
    } catch (IOException e) {
      storage.close();
      throw new GitHostException(
          "%s: its pull requests cannot be kept in %s".formatted(hosted.name(), data), e);
    } catch (GitHostException e) {
      storage.close();
      throw e;
    }
  }

  GitData gitData() {
    return gitData;
  }

  PullRequestApi pulls() {
    return pulls;
  }

  List<HostedPullRequest> pullRequests() throws IOException {
    return pulls.all();
  }

  /** What a person sees of a pull request. */
  Answer page(int number) throws IOException {
    return page.of(pulls.find(number));
  }

  @Override
  public void close() {
    storage.close();
  }
}
