package dev.cloudmend.local.cli;

import dev.cloudmend.local.InputException;
import dev.cloudmend.local.cli.Console.Style;
import dev.cloudmend.local.deployment.Stack;
import dev.cloudmend.local.deployment.WaitingEvents.Replayed;
import dev.cloudmend.local.deployment.WaitingEvents.Waiting;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description =
        "Events of a deployed suite that wait for a person: those that Intake could not read, and those that EventBridge could not deliver.")
final class ReplayCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Console console;

  ReplayCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Shows what waits and why; takes nothing away.")
  int list(
      @Mixin StackOptions options,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "100",
              description = "The most events of each queue. Default: ${DEFAULT-VALUE}.")
          int limit) {
    require(limit);
    try (Stack stack = options.requiredStack()) {
      List<Waiting> waiting = stack.waiting().list(limit);
      if (options.isJson()) {
        console.json(Map.of("waiting", waiting));
      } else if (waiting.isEmpty()) {
        console.line("No event waits.");
      } else {
        waiting.forEach(w -> console.line(line(w)));
      }
      return 0;
    }
  }

  @Command(
      name = "run",
      mixinStandardHelpOptions = true,
      description = {
        "Starts the remediation of each event once more, as the stack stands now, and takes away what was started.",
        "What cannot be read this time either waits again, as a new message. Exit 1 when one could not be started."
      })
  int run(
      @Mixin StackOptions options,
      @Parameters(
              paramLabel = "ID",
              arity = "0..*",
              description = "Only these, by the ids that 'replay list' shows. Default: all.")
          List<String> ids,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "100",
              description = "The most events of each queue. Default: ${DEFAULT-VALUE}.")
          int limit) {
    require(limit);
    List<String> wanted = ids == null ? List.of() : ids;
    try (Stack stack = options.requiredStack()) {
      List<Replayed> replayed = stack.waiting().replay(wanted, limit);
      for (String id : wanted) {
        if (replayed.stream().noneMatch(r -> r.waiting().id().equals(id))) {
          console.progress("cloudmend: no event " + Console.shown(id) + " waits");
        }
      }
      if (options.isJson()) {
        console.json(Map.of("replayed", replayed));
      } else if (replayed.isEmpty()) {
        console.line("No event was replayed.");
      } else {
        replayed.forEach(this::show);
      }
      boolean all =
          replayed.stream().allMatch(r -> r.problem() == null) && wanted.size() <= replayed.size();
      return all ? 0 : Cloudmend.FAILED;
    }
  }

  private void show(Replayed replayed) {
    String problem = replayed.problem();
    console.line(
        problem == null
            ? console.styled(Style.GREEN, "started")
                + "  "
                + replayed.waiting().id()
                + "  "
                + Console.shown(String.valueOf(replayed.execution()))
            : console.styled(Style.RED, "waits")
                + "    "
                + replayed.waiting().id()
                + "  "
                + Console.shown(problem));
  }

  private static String line(Waiting waiting) {
    var event = waiting.event();
    return "%s  %s  %-12s %s  %s"
        .formatted(
            waiting.id(),
            Instant.ofEpochMilli(waiting.sentAt()),
            waiting.queue(),
            event == null
                ? "(no event)"
                : Console.shown(
                    event.path("source").asText() + " " + event.path("detail-type").asText()),
            Console.shown(waiting.reason()));
  }

  private static void require(int limit) {
    if (limit < 1) {
      throw new InputException("--limit: expected a number of at least 1");
    }
  }
}
