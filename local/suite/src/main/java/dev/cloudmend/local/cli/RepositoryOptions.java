package dev.cloudmend.local.cli;

import dev.cloudmend.configuration.Configuration;
import dev.cloudmend.githost.GitHost;
import dev.cloudmend.githost.GitHostException;
import dev.cloudmend.githost.Hosted;
import dev.cloudmend.local.GitHubAccess;
import dev.cloudmend.local.InputException;
import dev.cloudmend.local.InputException.Fault;
import dev.cloudmend.pullrequests.RepositoryMapping;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say where pull requests are opened. */
final class RepositoryOptions {

  private static final String TOKEN = "GITHUB_TOKEN";
  private static final String ADDRESS = "GITHUB_API_URL";

  @Option(
      names = "--repository",
      paramLabel = "OWNER/NAME=FOLDER|URL",
      description = {
        "Open the pull requests of this repository of the configuration's pullRequests in a git folder of this machine, or in a clone of a git URL, which is pushed to. May be given more than once.",
        "Without it they are opened on GitHub, with the environment's GITHUB_TOKEN and GITHUB_API_URL (default https://api.github.com)."
      })
  private List<String> repositories = new ArrayList<>();

  /** The way to the repositories, while it is open. */
  static final class Way implements AutoCloseable {
    private final GitHubAccess access;
    private final Optional<GitHost> host;

    private Way(GitHubAccess access, Optional<GitHost> host) {
      this.access = access;
      this.host = host;
    }

    GitHubAccess access() {
      return access;
    }

    @Override
    public void close() {
      host.ifPresent(GitHost::close);
    }
  }

  /**
   * Looks at the options without starting anything, and says where no pull request can be opened
   * that the configuration asks for.
   *
   * @param file the configuration's file, where there is one
   * @throws InputException when one cannot be used, or the configuration would never lead to it
   */
  void check(Configuration configuration, Optional<Path> file, Console console) {
    List<RepositoryMapping.Entry> entries = configuration.pullRequests().repositories().entries();
    if (repositories.isEmpty()
        && ofEnvironment(System.getenv()).token().isEmpty()
        && !entries.isEmpty()) {
      console.progress(
          "cloudmend: no pull request is opened: expected GITHUB_TOKEN in the environment, or --repository");
    }
    var faults = new ArrayList<Fault>();
    for (Hosted hosted : hosted(repositories)) {
      boolean isMapped =
          entries.stream()
              .anyMatch(
                  entry ->
                      entry.destination().repository().toString().equalsIgnoreCase(hosted.name()));
      if (!isMapped) {
        faults.add(unmapped(hosted.name(), file));
      }
    }
    if (!faults.isEmpty()) {
      throw new InputException(faults);
    }
  }

  /**
   * Opens the way to the repositories.
   *
   * @param data the folder in which pull requests of this machine are kept
   * @throws InputException when a repository cannot be used
   */
  Way open(Path data) {
    if (repositories.isEmpty()) {
      return new Way(ofEnvironment(System.getenv()), Optional.empty());
    }
    try {
      GitHost host = GitHost.start(data.resolve("git-host"), hosted(repositories));
      return new Way(
          // Whoever reaches this machine's server may open pull requests in it: it asks for no
          // token, and GitHub's must not be sent to it.
          new GitHubAccess(Optional.of(host.address()), Optional.of("of-this-machine")),
          Optional.of(host));
    } catch (GitHostException e) {
      throw new InputException("--repository: " + e.getMessage());
    }
  }

  /**
   * The way to GitHub that the environment says, as its own tools read it.
   *
   * @throws InputException when the address is none
   */
  static GitHubAccess ofEnvironment(Map<String, String> environment) {
    return new GitHubAccess(
        named(environment, ADDRESS).map(text -> TargetOptions.url(ADDRESS, text)),
        named(environment, TOKEN));
  }

  /**
   * Reads {@code owner/name=location}.
   *
   * @throws InputException with each that has another form
   */
  static List<Hosted> hosted(List<String> texts) {
    var faults = new ArrayList<Fault>();
    var hosted = new ArrayList<Hosted>();
    for (String text : texts) {
      int sign = text.indexOf('=');
      try {
        hosted.add(
            sign < 0
                ? Hosted.of(text, "")
                : Hosted.of(text.substring(0, sign), text.substring(sign + 1)));
      } catch (GitHostException e) {
        faults.add(
            new Fault(
                null,
                null,
                "'" + Console.shown(text) + "' names no repository: " + e.getMessage(),
                "OWNER/NAME=FOLDER or OWNER/NAME=URL"));
      }
    }
    if (!faults.isEmpty()) {
      throw new InputException(faults);
    }
    return hosted;
  }

  private static Fault unmapped(String repository, Optional<Path> file) {
    return new Fault(
        file.map(Path::toString).orElse(null),
        null,
        "--repository "
            + repository
            + ": no entry of pullRequests names it, so nothing would be proposed to it",
        """
        in %s
          pullRequests:
            repositories:
              - repository: %s
                when: {account: "111122223333"}   # which resources it declares; without it all"""
            .formatted(file.map(Path::toString).orElse("cloudmend.yaml"), repository));
  }

  private static Optional<String> named(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
  }
}
