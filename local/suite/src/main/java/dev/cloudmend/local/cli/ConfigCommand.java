package dev.cloudmend.local.cli;

import dev.cloudmend.configuration.Configuration;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Checks the configuration.",
    subcommands = ConfigCommand.Check.class)
final class ConfigCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description =
          "Checks the configuration that a run here would use. Exit code 2 with every problem, by line and column.")
  static final class Check implements Callable<Integer> {

    @Mixin private ConfigurationOptions options = new ConfigurationOptions();

    @Option(names = "--json", description = "Write exactly one JSON document to standard output.")
    private boolean json;

    private final Console console;

    Check(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      Configuration configuration = options.read();
      String source = options.file().map(Object::toString).orElse("built-in");
      if (json) {
        var document = new LinkedHashMap<String, Object>();
        document.put("ok", true);
        document.put("source", source);
        document.put("rules", configuration.policy().rules().size());
        document.put("configuration", configuration.hash());
        console.json(document);
      } else {
        console.line(
            "%s: ok, rules: %d, %s"
                .formatted(
                    Console.shown(source),
                    configuration.policy().rules().size(),
                    configuration.hash()));
      }
      return 0;
    }
  }
}
