package dev.cloudmend.local.cli;

import dev.cloudmend.local.ProjectFiles;
import dev.cloudmend.local.RunSettings;
import dev.cloudmend.local.Suite;
import dev.cloudmend.local.cli.PullRequestsCommand.Listed;
import dev.cloudmend.model.Problem;
import dev.cloudmend.model.PullRequestLink;
import dev.cloudmend.store.IncidentRecord;
import dev.cloudmend.store.OpenProposal;
import dev.cloudmend.store.Store;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "sweep",
    mixinStandardHelpOptions = true,
    description = {
      "Looks at the open pull requests again: what was merged, closed or edited goes into the audit trail. Exit 1 when one could not be looked at; the others were.",
      "In a deployment nobody has to: it looks each hour."
    })
final class PullRequestsSweepCommand implements Callable<Integer> {

  @Option(
      names = "--live",
      description =
          "Close those whose finding is resolved, with a comment. Without it nothing is written to a repository.")
  private boolean live;

  @Mixin private TargetOptions options = new TargetOptions();

  @Mixin private ConfigurationOptions configuration = new ConfigurationOptions();

  @Mixin private RepositoryOptions repositories = new RepositoryOptions();

  private final Console console;

  PullRequestsSweepCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    repositories.check(configuration.read(), configuration.file(), console);
    Path data = options.dataFolder();
    try (RepositoryOptions.Way way = repositories.open(data);
        Suite suite =
            Suite.open(
                ProjectFiles.ofLauncher(),
                options.withoutAccount(),
                data,
                new RunSettings(
                    live,
                    false,
                    Optional.empty(),
                    configuration.file(),
                    configuration.policyFile(),
                    way.access()),
                console::progress)) {
      List<OpenProposal> before = suite.store().proposals().all();
      Optional<Problem> problem = suite.sweepPullRequests();
      return show(looked(suite.store(), before), problem);
    }
  }

  private int show(List<Listed> looked, Optional<Problem> problem) {
    problem.ifPresent(p -> console.progress("cloudmend: " + Console.shown(p.message())));
    if (options.isJson()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("pullRequests", looked);
      problem.ifPresent(p -> document.put("error", p));
      console.json(document);
    } else if (looked.isEmpty()) {
      console.line("No pull request is open.");
    } else {
      looked.forEach(one -> console.line(one.lines(console)));
    }
    return problem.isEmpty() ? 0 : Cloudmend.FAILED;
  }

  /** Those that were open, as they stand now. */
  private static List<Listed> looked(Store store, List<OpenProposal> before) {
    var looked = new ArrayList<Listed>();
    for (OpenProposal proposal : before) {
      for (String incident : proposal.incidents()) {
        Optional<IncidentRecord> record = store.incidents().find(incident);
        PullRequestLink now =
            record
                .flatMap(r -> Optional.ofNullable(r.pullRequest()))
                .orElse(proposal.pullRequest());
        looked.add(Listed.of(incident, record.map(IncidentRecord::incident), now));
      }
    }
    return looked;
  }
}
