package dev.cloudmend.local.cli;

import dev.cloudmend.local.InputException;
import dev.cloudmend.local.RunSettings;
import dev.cloudmend.model.RunOptions;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Runs events, or the findings of a Prowler report, through the suite. Without --live nothing is written to the account: the plan is shown.",
      "Of a report's findings those that failed, are not muted and have a check that a playbook answers to are run. The others are counted: findings of a check without playbook as UNSUPPORTED, by check."
    })
final class RunCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "FILE",
      description =
          "An EventBridge event, an array of them, one a line, the entries that 'aws events put-events' takes, or a report of 'prowler aws --output-formats json-ocsf'; also packed by gzip; - for standard input.")
  private String file = "-";

  @Option(
      names = "--live",
      description =
          "Make the changes: automatic ones at once, guided ones whose hash --approve names.")
  private boolean live;

  @Option(
      names = "--approve",
      paramLabel = "HASH",
      description =
          "Agree to the change with this hash, and to no other. May be given more than once.")
  private List<String> approve = new ArrayList<>();

  @Option(
      names = "--again",
      description = "Handle the failure again although it was handled, or its fix was taken back.")
  private boolean again;

  @Mixin private TargetOptions options = new TargetOptions();

  @Mixin private ConfigurationOptions configuration = new ConfigurationOptions();

  @Mixin private RepositoryOptions repositories = new RepositoryOptions();

  @Mixin private DiagnoserOptions diagnoser = new DiagnoserOptions();

  private final Console console;

  RunCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    for (String hash : approve) {
      if (!hash.matches("sha256:[0-9a-f]{64}")) {
        throw new InputException(
            "--approve: '"
                + Console.shown(hash)
                + "' is no hash; expected sha256: and 64 hex digits, as a plan shows");
      }
    }
    options.check();
    // Read here, so that what is wrong is said at once; the functions read the same files.
    repositories.check(configuration.read(), configuration.file(), console);
    var settings =
        new RunSettings(
            live,
            diagnoser.asksClaude(options.isAws()),
            diagnoser.endpoint(),
            configuration.file(),
            configuration.policyFile());
    var run = new RunOptions(approve, again, User.name());
    try (InputStream in = EventInput.stream(file);
        var events = new EventRun(console, file, options, repositories, settings, run)) {
      return events.run(in, EventInput.size(file));
    }
  }
}
