package dev.cloudmend.local.cli;

import dev.cloudmend.local.EventFile;
import dev.cloudmend.local.IncidentReport;
import dev.cloudmend.local.InputException;
import dev.cloudmend.local.RunSettings;
import dev.cloudmend.local.Suite;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.ManualEvent;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.store.Exemption;
import dev.cloudmend.store.IncidentRecord;
import dev.cloudmend.store.Store;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "wake",
    mixinStandardHelpOptions = true,
    description = {
      "Takes up what exceptions held back that are over or were removed: each is assessed again, as 'cloudmend run' does with an event.",
      "In a deployment nobody has to: it looks each hour."
    })
final class ExceptWakeCommand implements Callable<Integer> {

  @Option(names = "--live", description = "Make the changes, as with 'cloudmend run --live'.")
  private boolean live;

  @Mixin private TargetOptions options = new TargetOptions();

  @Mixin private ConfigurationOptions configuration = new ConfigurationOptions();

  @Mixin private RepositoryOptions repositories = new RepositoryOptions();

  @Mixin private DiagnoserOptions diagnoser = new DiagnoserOptions();

  private final Console console;

  ExceptWakeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    options.check();
    repositories.check(configuration.read(), configuration.file(), console);
    var settings =
        new RunSettings(
            live,
            diagnoser.asksClaude(options.isAws()),
            diagnoser.endpoint(),
            configuration.file(),
            configuration.policyFile());
    try (var workplace =
        new Workplace(console, options, repositories, settings, console::progress)) {
      return wake(workplace.suite());
    }
  }

  private int wake(Suite suite) {
    Store store = suite.store();
    var document = new JsonDocument(console, "incidents");
    var printer = new IncidentPrinter(console);
    int code = 0;
    int woken = 0;
    for (Exemption exemption : store.exemptions().past()) {
      for (String incidentId : store.exemptions().heldBack(exemption.id())) {
        Optional<EventFile.Located> event =
            store
                .incidents()
                .find(incidentId)
                .map(IncidentRecord::incident)
                .flatMap(incident -> event(exemption, incident));
        for (IncidentReport report : event.map(e -> run(suite, e)).orElse(List.of())) {
          woken++;
          code = Math.max(code, Cloudmend.exitCode(report.outcome()));
          if (options.isJson()) {
            document.add(report);
          } else {
            printer.print(report);
          }
        }
        // Only now: what was cut off before is taken up by the next.
        store.exemptions().forget(exemption.id(), incidentId);
      }
    }
    if (options.isJson()) {
      document.end(Map.of());
    } else if (woken == 0) {
      console.line("No exception that is over holds anything back.");
    }
    return code;
  }

  private static List<IncidentReport> run(Suite suite, EventFile.Located event) {
    try {
      return suite.run(event, new RunOptions(List.of(), false, User.name()));
    } catch (InputException e) {
      throw new IllegalStateException("an event of our own cannot be read: " + e.getMessage(), e);
    }
  }

  /** Empty for a finding that names no resource: nothing can be looked at. */
  private static Optional<EventFile.Located> event(Exemption exemption, Incident incident) {
    ResourceRef resource = incident.finding().resource();
    String playbook = incident.playbook();
    if (resource == null || playbook == null) {
      return Optional.empty();
    }
    var event =
        new ManualEvent(
            resource,
            playbook,
            incident.finding().check(),
            null,
            "the exception " + exemption.id() + " holds back no longer: " + exemption.reason(),
            User.name());
    String id = event.id(exemption.id() + " " + incident.incidentId());
    return Optional.of(new EventFile.Located(exemption.id(), "", event.tree(id, Instant.now())));
  }
}
