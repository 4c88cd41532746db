package dev.cloudmend.local.cli;

import dev.cloudmend.githost.GitHost;
import dev.cloudmend.githost.GitHostException;
import dev.cloudmend.githost.Hosted;
import dev.cloudmend.local.InputException;
import dev.cloudmend.model.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "git-host",
    mixinStandardHelpOptions = true,
    description = {
      "For tests and trials: answers as GitHub's API does for git repositories of this machine, at an address of 127.0.0.1 that it says, until it is ended.",
      "It takes any token. 'cloudmend run --repository' starts one by itself."
    })
final class GitHostCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "OWNER/NAME=FOLDER|URL",
      arity = "1..*",
      description = "A repository: a git folder, or a git URL, which is cloned and pushed to.")
  private List<String> repositories = new ArrayList<>();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "The folder for pull requests and clones.")
  private Path data = Path.of("");

  @Option(
      names = "--protect",
      paramLabel = "OWNER/NAME=BRANCH",
      description =
          "Branches that nobody may make or move through the API; * is any part of a name, ** crosses slashes. May be given more than once.")
  private List<String> protects = new ArrayList<>();

  @Option(names = "--json", description = "Write exactly one JSON document to standard output.")
  private boolean json;

  private final Console console;

  GitHostCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    GitHost host = start();
    var ended = new CountDownLatch(1);
    var closing =
        new Thread(
            () -> {
              host.close();
              ended.countDown();
            },
            "closing");
    Runtime.getRuntime().addShutdownHook(closing);
    if (json) {
      console.json(Json.object().put("address", host.address().toString()));
    } else {
      console.line("GITHUB_API_URL=" + host.address());
    }
    ended.await();
    return 0;
  }

  private GitHost start() {
    Map<String, Hosted> hosted = new LinkedHashMap<>();
    RepositoryOptions.hosted(repositories).forEach(one -> hosted.put(one.name(), one));
    for (String text : protects) {
      int sign = text.indexOf('=');
      Hosted of = sign < 0 ? null : hosted.get(text.substring(0, sign));
      if (of == null) {
        throw new InputException(
            "--protect: '"
                + Console.shown(text)
                + "' is of no repository that is served; expected OWNER/NAME=BRANCH");
      }
      var branches = new ArrayList<>(of.protectedBranches());
      branches.add(text.substring(sign + 1));
      hosted.put(of.name(), new Hosted(of.name(), of.location(), branches));
    }
    try {
      return GitHost.start(data, List.copyOf(hosted.values()));
    } catch (GitHostException e) {
      throw new InputException(String.valueOf(e.getMessage()));
    }
  }
}
