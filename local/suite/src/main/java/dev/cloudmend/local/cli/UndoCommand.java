package dev.cloudmend.local.cli;

import dev.cloudmend.local.ProjectFiles;
import dev.cloudmend.local.RunSettings;
import dev.cloudmend.local.Suite;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.remediator.UndoState;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "undo",
    mixinStandardHelpOptions = true,
    description =
        "Takes back what an incident applied. Without --live the way back is shown and nothing is written.")
final class UndoCommand implements Callable<Integer> {

  @Parameters(paramLabel = "INCIDENT", description = "The incident's id.")
  private String incident = "";

  @Option(names = "--live", description = "Take it back.")
  private boolean live;

  @Mixin private TargetOptions options = new TargetOptions();

  private final Console console;

  UndoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (TargetOptions.Place place = options.open(console);
        Suite suite =
            Suite.open(
                ProjectFiles.ofLauncher(),
                place.account(),
                place.data(),
                RunSettings.of(live),
                console::progress)) {
      UndoState state = suite.undo(incident, User.name());
      Outcome outcome = Objects.requireNonNull(state.outcome());
      if (options.isJson()) {
        console.json(state);
      } else {
        var printer = new IncidentPrinter(console);
        console.line(printer.outcome(outcome) + "  " + Console.shown(incident));
        if (state.reason() != null) {
          console.line("  reason    " + Console.shown(state.reason()));
        }
        if (state.change() != null) {
          printer.print(state.change());
        }
      }
      return Cloudmend.exitCode(outcome);
    }
  }
}
