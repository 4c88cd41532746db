package dev.cloudmend.local.cli;

import dev.cloudmend.local.ProjectFiles;
import dev.cloudmend.local.RunSettings;
import dev.cloudmend.local.Suite;
import dev.cloudmend.local.deployment.Stack;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.remediator.UndoState;
import java.util.Objects;
import java.util.Optional;
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

  @Mixin private StackOptions options = new StackOptions();

  private final Console console;

  UndoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    Optional<Stack> stack = options.stack();
    return stack.isPresent() ? deployed(stack.get()) : here();
  }

  private int deployed(Stack stack) throws InterruptedException {
    try (stack) {
      return show(stack.undo(incident, User.name(), live, console::progress));
    }
  }

  private int here() {
    try (TargetOptions.Place place = options.target().open(console);
        Suite suite =
            Suite.open(
                ProjectFiles.ofLauncher(),
                place.account(),
                place.data(),
                RunSettings.of(live),
                console::progress)) {
      return show(suite.undo(incident, User.name()));
    }
  }

  private int show(UndoState state) {
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
