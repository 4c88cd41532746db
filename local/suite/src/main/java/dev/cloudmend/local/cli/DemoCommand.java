package dev.cloudmend.local.cli;

import dev.cloudmend.local.EventFile;
import dev.cloudmend.local.IncidentReport;
import dev.cloudmend.local.ProjectFiles;
import dev.cloudmend.local.RunSettings;
import dev.cloudmend.local.Suite;
import dev.cloudmend.local.TargetAccount;
import dev.cloudmend.local.cli.Console.Style;
import dev.cloudmend.local.sandbox.Seed;
import dev.cloudmend.local.sandbox.TemporarySandbox;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.remediator.UndoState;
import dev.cloudmend.store.AuditEntry;
import dev.cloudmend.store.AuditVerification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "Shows the whole way on an emulated account: three broken resources are found, planned, fixed, verified; one fix is taken back.")
final class DemoCommand implements Callable<Integer> {

  @Option(names = "--json", description = "Write exactly one JSON document to standard output.")
  private boolean json;

  private final Console console;
  private final IncidentPrinter printer;

  DemoCommand(Console console) {
    this.console = console;
    this.printer = new IncidentPrinter(console);
  }

  @Override
  public Integer call() {
    Instant begin = Instant.now();
    ProjectFiles files = ProjectFiles.ofLauncher();
    try (TemporarySandbox sandbox = TemporarySandbox.start(console::progress)) {
      title("1. Three resources of an emulated account are broken, and three events tell of them");
      List<Path> events = Seed.plant(sandbox.endpoint(), files, sandbox.events());
      events.forEach(e -> say("   " + e.getFileName()));
      var target =
          new TargetAccount(Optional.of(sandbox.endpoint()), "us-east-1", Optional.empty());

      title("2. Planned: what was found, the exact calls, and the way back. Nothing is written");
      List<IncidentReport> planned = runAll(files, target, sandbox, events, false);
      title("3. Applied: the same plans, each verified by reading it back");
      List<IncidentReport> fixed = runAll(files, target, sandbox, events, true);
      title("4. One of them taken back");
      try (Suite suite =
          Suite.open(files, target, sandbox.data(), RunSettings.of(true), console::progress)) {
        UndoState undone = suite.undo(fixed.getFirst().incidentId(), User.name());
        Outcome outcome = Objects.requireNonNull(undone.outcome());
        if (!json) {
          console.line(printer.outcome(outcome) + "  " + undone.incidentId());
          if (undone.change() != null) {
            printer.print(undone.change());
          }
        }
        title("5. The audit trail");
        List<AuditEntry> entries =
            suite.store().audit().recent(begin.minus(Duration.ofMinutes(1)), 100).reversed();
        entries.forEach(e -> say("   %s  %-9s %s".formatted(e.at(), e.kind(), e.incidentId())));
        AuditVerification verified = suite.store().audit().verify();
        say(
            verified.holds()
                ? "   It holds: %d entries, each chained to the one before."
                    .formatted(verified.entries())
                : "   It does not hold: " + verified.problems());
        boolean isGood =
            all(planned, Outcome.PLANNED)
                && all(fixed, Outcome.REMEDIATED)
                && outcome == Outcome.UNDONE
                && verified.holds();
        end(begin, planned, fixed, undone, verified, isGood);
        return isGood ? 0 : Cloudmend.FAILED;
      }
    }
  }

  private void end(
      Instant begin,
      List<IncidentReport> planned,
      List<IncidentReport> fixed,
      UndoState undone,
      AuditVerification verified,
      boolean isGood) {
    Duration time = Duration.between(begin, Instant.now());
    if (json) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("planned", planned);
      document.put("fixed", fixed);
      document.put("undone", undone);
      document.put("auditHolds", verified.holds());
      document.put("seconds", time.toMillis() / 1000.0);
      document.put("ok", isGood);
      console.json(document);
      return;
    }
    console.line();
    console.line(
        (isGood
                ? console.styled(Style.GREEN, "Done")
                : console.styled(Style.RED, "Something is not as it should be"))
            + " in %.1f s. Try it yourself:".formatted(time.toMillis() / 1000.0));
    console.line("  ./cloudmend sandbox start --seed                        an account to break");
    console.line("  ./cloudmend run events/vanta/s3-public-access-block.json    a plan");
    console.line("  ./cloudmend run events/vanta/s3-public-access-block.json --live");
    console.line("  ./cloudmend undo INCIDENT --live; ./cloudmend audit verify");
    console.line("  ./cloudmend playbooks                                   what it can fix");
  }

  private List<IncidentReport> runAll(
      ProjectFiles files,
      TargetAccount target,
      TemporarySandbox sandbox,
      List<Path> events,
      boolean live) {
    var reports = new ArrayList<IncidentReport>();
    var run = new RunOptions(List.of(), false, User.name());
    try (Suite suite =
        Suite.open(files, target, sandbox.data(), RunSettings.of(live), console::progress)) {
      for (Path file : events) {
        var reader = new EventFile(file.toString(), () -> "", target.region());
        for (EventFile.Located event : reader.read(read(file))) {
          for (IncidentReport report : suite.run(event, run)) {
            reports.add(report);
            if (!json) {
              show(report, live);
            }
          }
        }
      }
    }
    return reports;
  }

  /** The plan in full once; what is applied is the same, so only that it is. */
  private void show(IncidentReport report, boolean live) {
    if (live && report.outcome() == Outcome.REMEDIATED && report.verification() != null) {
      console.line(
          "%s  %s  read back: %s"
              .formatted(
                  printer.outcome(report.outcome()),
                  report.incidentId(),
                  Console.shown(report.verification().observed().toString())));
    } else {
      printer.print(report);
    }
  }

  private void title(String text) {
    if (json) {
      console.progress(text);
    } else {
      console.line();
      console.line(console.styled(Style.BOLD, text));
      console.line();
    }
  }

  private void say(String text) {
    if (!json) {
      console.line(text);
    }
  }

  private static boolean all(List<IncidentReport> reports, Outcome outcome) {
    return reports.size() == 3 && reports.stream().allMatch(r -> r.outcome() == outcome);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
