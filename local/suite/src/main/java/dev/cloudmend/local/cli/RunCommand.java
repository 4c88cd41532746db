package dev.cloudmend.local.cli;

import dev.cloudmend.aws.AwsCallException;
import dev.cloudmend.aws.AwsClients;
import dev.cloudmend.aws.AwsConnection;
import dev.cloudmend.local.EventFile;
import dev.cloudmend.local.IncidentReport;
import dev.cloudmend.local.InputException;
import dev.cloudmend.local.InputException.Fault;
import dev.cloudmend.local.ProjectFiles;
import dev.cloudmend.local.RunSettings;
import dev.cloudmend.local.Suite;
import dev.cloudmend.local.TargetAccount;
import dev.cloudmend.model.RunOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description =
        "Runs events through the suite. Without --live nothing is written to the account: the plan is shown.")
final class RunCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "FILE",
      description =
          "An EventBridge event, an array of them, or the entries that 'aws events put-events' takes; - for standard input.")
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

  @Mixin private DiagnoserOptions diagnoser = new DiagnoserOptions();

  private final Console console;

  RunCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
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
    configuration.read();
    var settings =
        new RunSettings(
            live,
            diagnoser.asksClaude(options.isAws()),
            diagnoser.endpoint(),
            configuration.file(),
            configuration.policyFile());
    String text = EventInput.text(file);
    try (TargetOptions.Place place = options.open(console)) {
      List<EventFile.Located> events =
          new EventFile(file, () -> callerOf(place.account()), place.account().region()).read(text);
      try (Suite suite =
          Suite.open(
              ProjectFiles.ofLauncher(),
              place.account(),
              place.data(),
              settings,
              console::progress)) {
        return run(suite, events);
      }
    }
  }

  private int run(Suite suite, List<EventFile.Located> events) {
    var run = new RunOptions(approve, again, User.name());
    var reports = new ArrayList<IncidentReport>();
    var faults = new ArrayList<Fault>();
    var printer = new IncidentPrinter(console);
    for (int i = 0; i < events.size(); i++) {
      if (events.size() > 1) {
        console.progress("event %d of %d".formatted(i + 1, events.size()));
      }
      try {
        for (IncidentReport report : suite.run(events.get(i), run)) {
          reports.add(report);
          if (!options.isJson()) {
            printer.print(report);
          }
        }
      } catch (InputException e) {
        faults.addAll(e.faults());
      }
    }
    faults.forEach(f -> console.err().println("cloudmend: " + Console.shown(f.line())));
    if (options.isJson()) {
      var document = new LinkedHashMap<String, Object>();
      document.put("incidents", reports);
      if (!faults.isEmpty()) {
        document.put("errors", faults);
      }
      console.json(document);
    }
    if (!faults.isEmpty()) {
      return Cloudmend.INVALID;
    }
    return reports.stream().mapToInt(r -> Cloudmend.exitCode(r.outcome())).max().orElse(0);
  }

  private static String callerOf(TargetAccount target) {
    try (AwsClients clients =
        AwsClients.open(new AwsConnection(target.endpoint(), target.region(), target.profile()))) {
      return clients.readOnly().callerAccount();
    } catch (AwsCallException e) {
      throw new InputException("the account of the entries cannot be told: " + e.getMessage());
    }
  }
}
