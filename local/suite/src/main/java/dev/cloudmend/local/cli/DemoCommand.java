package dev.cloudmend.local.cli;

import dev.cloudmend.githost.GitHost;
import dev.cloudmend.githost.Hosted;
import dev.cloudmend.local.EventFile;
import dev.cloudmend.local.GitHubAccess;
import dev.cloudmend.local.IncidentReport;
import dev.cloudmend.local.ProjectFiles;
import dev.cloudmend.local.RunSettings;
import dev.cloudmend.local.Suite;
import dev.cloudmend.local.TargetAccount;
import dev.cloudmend.local.cli.Console.Style;
import dev.cloudmend.local.sandbox.DemoRepository;
import dev.cloudmend.local.sandbox.Seed;
import dev.cloudmend.local.sandbox.TemporarySandbox;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.PullRequestLink;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.remediator.UndoState;
import dev.cloudmend.store.AuditEntry;
import dev.cloudmend.store.AuditVerification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "Shows the whole way on an emulated account: three broken resources are found, planned, fixed, verified; one fix is proposed to its Terraform source as well, one is taken back.")
final class DemoCommand implements Callable<Integer> {

  private static final String REGION = "us-east-1";

  @Option(names = "--json", description = "Write exactly one JSON document to standard output.")
  private boolean json;

  private final Console console;
  private final IncidentPrinter printer;

  /** What the demonstration works with. */
  private record Stage(
      ProjectFiles files,
      TemporarySandbox sandbox,
      List<Path> events,
      DemoRepository repository,
      URI github) {

    Suite open(boolean live, Consumer<String> progress) {
      var settings =
          new RunSettings(
              live,
              false,
              Optional.empty(),
              Optional.of(repository.configuration()),
              Optional.empty(),
              new GitHubAccess(Optional.of(github), Optional.of("of-this-machine")));
      var target = new TargetAccount(Optional.of(sandbox.endpoint()), REGION, Optional.empty());
      return Suite.open(files, target, sandbox.data(), settings, progress);
    }
  }

  /**
   * A fix in its source.
   *
   * @param pullRequest where it waits for its review
   * @param diff what its branch changes in the repository
   */
  private record Proposed(@Nullable PullRequestLink pullRequest, List<String> diff) {

    boolean holds() {
      return pullRequest != null
          && pullRequest.status() == PullRequestLink.Status.OPEN
          && diff.stream().anyMatch(line -> line.contains("aws_s3_bucket_public_access_block"));
    }
  }

  /** What came of each step. */
  private record Told(
      List<IncidentReport> planned,
      List<IncidentReport> fixed,
      Proposed proposed,
      UndoState undone,
      AuditVerification verified) {}

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
      DemoRepository repository = DemoRepository.plant(sandbox.repositories());
      say("   The bucket is declared in a git repository: " + repository.folder());
      try (GitHost host =
          GitHost.start(
              sandbox.data().resolve("git-host"),
              List.of(Hosted.of(DemoRepository.NAME, repository.folder().toString())))) {
        return show(begin, new Stage(files, sandbox, events, repository, host.address()));
      }
    }
  }

  private int show(Instant begin, Stage stage) {
    title("2. Planned: what was found, the exact calls, and the way back. Nothing is written");
    List<IncidentReport> planned = runAll(stage, false);
    title("3. Applied: the same plans, each verified by reading it back");
    List<IncidentReport> fixed = runAll(stage, true);
    title("4. One of them proposed to its Terraform source, so that the next apply keeps it");
    Proposed proposed = proposed(stage, fixed.getFirst());
    title("5. Another one taken back");
    try (Suite suite = stage.open(true, console::progress)) {
      UndoState undone = suite.undo(fixed.get(1).incidentId(), User.name());
      Outcome outcome = Objects.requireNonNull(undone.outcome());
      if (!json) {
        console.line(printer.outcome(outcome) + "  " + undone.incidentId());
        if (undone.change() != null) {
          printer.print(undone.change());
        }
      }
      title("6. The audit trail");
      List<AuditEntry> entries =
          suite.store().audit().recent(begin.minus(Duration.ofMinutes(1)), 100).reversed();
      entries.forEach(e -> say("   %s  %-21s %s".formatted(e.at(), e.kind(), e.incidentId())));
      AuditVerification verified = suite.store().audit().verify();
      say(
          verified.holds()
              ? "   It holds: %d entries, each chained to the one before."
                  .formatted(verified.entries())
              : "   It does not hold: " + verified.problems());
      boolean isGood =
          all(planned, Outcome.PLANNED)
              && all(fixed, Outcome.REMEDIATED)
              && proposed.holds()
              && outcome == Outcome.UNDONE
              && verified.holds();
      end(begin, new Told(planned, fixed, proposed, undone, verified), isGood);
      return isGood ? 0 : Cloudmend.FAILED;
    }
  }

  private Proposed proposed(Stage stage, IncidentReport report) {
    PullRequestLink pullRequest = report.pullRequest();
    if (pullRequest == null) {
      say("   There is none: " + Console.shown(String.valueOf(report.reason())));
      return new Proposed(null, List.of());
    }
    List<String> diff = stage.repository().diff(pullRequest.branch());
    if (!json) {
      printer.print(pullRequest);
      console.diff("    ", diff);
    }
    return new Proposed(pullRequest, diff);
  }

  private void end(Instant begin, Told told, boolean isGood) {
    Duration time = Duration.between(begin, Instant.now());
    if (json) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("planned", told.planned());
      document.put("fixed", told.fixed());
      document.put("proposed", told.proposed());
      document.put("undone", told.undone());
      document.put("auditHolds", told.verified().holds());
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

  private List<IncidentReport> runAll(Stage stage, boolean live) {
    var reports = new ArrayList<IncidentReport>();
    var run = new RunOptions(List.of(), false, User.name());
    try (Suite suite = stage.open(live, console::progress)) {
      for (Path file : stage.events()) {
        var reader = new EventFile(file.toString(), () -> "", REGION);
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
