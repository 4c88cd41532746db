package dev.cloudmend.local.cli;

import dev.cloudmend.local.Suite;
import dev.cloudmend.model.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "stop",
    mixinStandardHelpOptions = true,
    description =
        "Switches live changes off, undo included: from now on they end BLOCKED. Plans are still made.")
final class StopCommand implements Callable<Integer> {

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the audit trail.")
  private String reason = "";

  @Mixin private TargetOptions options = new TargetOptions();

  private final Console console;

  StopCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (Suite.Tables tables = Suite.Tables.open(options.dataFolder())) {
      String by = User.name();
      tables.store().safety().stop(by, reason);
      var data = Json.object().put("reason", reason);
      tables.store().audit().append("suite", "STOPPED", by, data);
      if (options.isJson()) {
        console.json(Json.object().put("stopped", true).put("by", by).put("reason", reason));
      } else {
        console.line("Live changes are off. 'cloudmend resume' switches them on again.");
      }
      return 0;
    }
  }
}
