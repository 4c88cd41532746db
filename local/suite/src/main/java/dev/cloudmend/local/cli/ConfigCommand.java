package dev.cloudmend.local.cli;

import dev.cloudmend.configuration.Configuration;
import dev.cloudmend.local.InputException;
import dev.cloudmend.local.deployment.DeployedConfiguration.Pushed;
import dev.cloudmend.local.deployment.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Checks the configuration, and gives it to a deployed suite.",
    subcommands = {ConfigCommand.Check.class, ConfigCommand.Push.class})
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

  @Command(
      name = "push",
      mixinStandardHelpOptions = true,
      description =
          "Checks a configuration and gives it to a deployed suite: a new version of its object, and new versions of the functions that read it.")
  static final class Push implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "The configuration.")
    private Path file = Path.of("cloudmend.yaml");

    @Mixin private StackOptions options = new StackOptions();

    private final Console console;

    Push(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
      Configuration configuration = Configuration.read(Optional.of(file), Optional.empty());
      try (Stack stack = options.requiredStack()) {
        console.progress("pushing to " + stack.parts().prefix());
        Pushed pushed = stack.configuration().push(text());
        if (options.isJson()) {
          var document = new LinkedHashMap<String, Object>();
          document.put("configuration", configuration.hash());
          document.put("place", pushed.place());
          document.put("functions", pushed.functions());
          console.json(document);
        } else {
          console.line(configuration.hash() + " is " + Console.shown(pushed.place()));
          console.line("read by " + String.join(", ", pushed.functions()));
        }
        return 0;
      }
    }

    private String text() {
      try {
        return Files.readString(file);
      } catch (IOException e) {
        throw new InputException(file + " cannot be read: " + e.getClass().getSimpleName());
      }
    }
  }
}
