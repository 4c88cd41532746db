package dev.cloudmend.local.cli;

import dev.cloudmend.configuration.ConfigurationException;
import dev.cloudmend.emulators.EmulatorException;
import dev.cloudmend.local.InputException;
import dev.cloudmend.local.InputException.Fault;
import dev.cloudmend.local.deployment.DeploymentException;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.store.StoreException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;

/** The command {@code cloudmend}. */
@Command(
    name = "cloudmend",
    version = Cloudmend.VERSION,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description =
        "Fixes what compliance tools find in AWS accounts: planned first, agreed to, verified, and taken back on request. Nothing is written without --live.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Every incident ended without failure.",
      "1:An incident ended FAILED or ROLLED_BACK, the audit trail does not verify, an event could not be replayed, a pull request could not be read back, 'assess' could not read something, or the tables, the emulator or the stack cannot be used.",
      "2:Unreadable or invalid input or options; what could be read of a file of events was run."
    },
    subcommands = {
      HelpCommand.class,
      RunCommand.class,
      AssessCommand.class,
      UndoCommand.class,
      ReplayCommand.class,
      AuditCommand.class,
      PlaybooksCommand.class,
      ScanCommand.class,
      FixSourceCommand.class,
      PolicyCommand.class,
      ConfigCommand.class,
      PromptCommand.class,
      PromptEvalCommand.class,
      CostCommand.class,
      PullRequestsCommand.class,
      ExceptCommand.class,
      BudgetCommand.class,
      StopCommand.class,
      ResumeCommand.class,
      SandboxCommand.class,
      GitHostCommand.class,
      DemoCommand.class,
      E2eCommand.class,
      GenerateCompletion.class
    })
final class Cloudmend implements Runnable {

  static final String VERSION = "cloudmend 0.1.0";
  static final int FAILED = 1;
  static final int INVALID = 2;

  private final CommandLine commandLine;

  private Cloudmend(Console console) {
    this.commandLine = new CommandLine(this, new Commands(console));
    commandLine.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    commandLine.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
    commandLine.setColorScheme(
        CommandLine.Help.defaultColorScheme(console.isColoured() ? Ansi.ON : Ansi.OFF));
    nameVersion(commandLine);
    commandLine.setParameterExceptionHandler(
        (e, arguments) -> {
          String help = e.getCommandLine().getCommandSpec().qualifiedName() + " --help";
          return fail(
              console,
              arguments,
              INVALID,
              List.of(new Fault(null, null, e.getMessage() + " (see " + help + ")", null)));
        });
    commandLine.setExecutionExceptionHandler(
        (e, at, parsed) -> {
          Failure failure = failure(e).orElseThrow(() -> e);
          String[] arguments = parsed.originalArgs().toArray(String[]::new);
          return fail(console, arguments, failure.code(), failure.faults());
        });
  }

  /**
   * How a command ends that an exception ended.
   *
   * @param code the exit code
   * @param faults what is said
   */
  record Failure(int code, List<Fault> faults) {}

  /** What an exception means to a user; empty for one that only a fault in the program throws. */
  static Optional<Failure> failure(Exception e) {
    return switch (e) {
      case InputException i -> Optional.of(new Failure(INVALID, i.faults()));
      case ConfigurationException c -> Optional.of(new Failure(INVALID, faults(c)));
      case ModelException m -> Optional.of(new Failure(INVALID, fault(m)));
      case StoreException s -> Optional.of(new Failure(FAILED, fault(s)));
      case EmulatorException s -> Optional.of(new Failure(FAILED, fault(s)));
      case DeploymentException d -> Optional.of(new Failure(FAILED, fault(d)));
      default -> Optional.empty();
    };
  }

  /** The command line with all its commands. */
  static CommandLine commandLine(Console console) {
    return new Cloudmend(console).commandLine;
  }

  /** Runs the command line and returns the exit code. */
  static int run(Console console, String... arguments) {
    return commandLine(console).execute(arguments);
  }

  @Override
  public void run() {
    commandLine.usage(commandLine.getOut());
  }

  /** A subcommand's --version is that of the whole. */
  private static void nameVersion(CommandLine line) {
    line.getCommandSpec().version(VERSION);
    line.getSubcommands().values().forEach(Cloudmend::nameVersion);
  }

  static int exitCode(Outcome outcome) {
    return outcome.isFailure() ? FAILED : 0;
  }

  private static List<Fault> fault(RuntimeException e) {
    return List.of(new Fault(null, null, String.valueOf(e.getMessage()), null));
  }

  private static List<Fault> faults(ConfigurationException e) {
    return e.problems().stream()
        .map(
            p ->
                new Fault(
                    p.file() + ":" + p.lineNumber() + ":" + p.column(),
                    p.pointer(),
                    p.message(),
                    p.expected()))
        .toList();
  }

  private static int fail(Console console, String[] arguments, int code, List<Fault> faults) {
    faults.forEach(f -> console.err().println("cloudmend: " + Console.shown(f.line())));
    if (Arrays.asList(arguments).contains("--json")) {
      console.json(Map.of("errors", faults));
    }
    return code;
  }
}
