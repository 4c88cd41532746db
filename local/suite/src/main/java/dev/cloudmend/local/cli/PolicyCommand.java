package dev.cloudmend.local.cli;

import dev.cloudmend.configuration.Configuration;
import dev.cloudmend.configuration.policy.PolicyField;
import dev.cloudmend.configuration.policy.PolicyFields;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "policy",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Checks a policy file, explains what it decides, and tests it.",
    subcommands = {
      PolicyCommand.Check.class,
      PolicyExplainCommand.class,
      PolicyTestCommand.class,
      PolicyCommand.Fields.class
    })
final class PolicyCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = "Checks a policy file. Exit code 2 with every problem, by line and column.")
  static final class Check implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "The policy file.")
    private Path file = Path.of("policy.yaml");

    @Option(names = "--json", description = "Write exactly one JSON document to standard output.")
    private boolean json;

    private final Console console;

    Check(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      Configuration configuration = Configuration.read(Optional.empty(), Optional.of(file));
      int rules = configuration.policy().rules().size();
      if (json) {
        console.json(Map.of("ok", true, "rules", rules, "configuration", configuration.hash()));
      } else {
        console.line(
            "%s: ok, %d %s"
                .formatted(Console.shown(file.toString()), rules, rules == 1 ? "rule" : "rules"));
      }
      return 0;
    }
  }

  @Command(
      name = "fields",
      mixinStandardHelpOptions = true,
      description = "The fields that the 'when' of a rule may name.")
  static final class Fields implements Callable<Integer> {

    @Option(names = "--json", description = "Write exactly one JSON document to standard output.")
    private boolean json;

    @Option(names = "--markdown", description = "Write a Markdown table.")
    private boolean markdown;

    private final Console console;

    Fields(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      if (json) {
        console.json(
            Map.of("fields", PolicyFields.all().values().stream().map(Fields::row).toList()));
      } else if (markdown) {
        console.out().print(PolicyFields.markdown());
      } else {
        PolicyFields.all()
            .values()
            .forEach(
                f ->
                    console.line(
                        "%-28s %-14s %s".formatted(f.path(), f.type().words(), f.description())));
      }
      return 0;
    }

    private static Map<String, Object> row(PolicyField field) {
      return Map.of(
          "path", field.path(),
          "type", field.type().words(),
          "description", field.description(),
          "values", field.values().stream().sorted().toList());
    }
  }
}
