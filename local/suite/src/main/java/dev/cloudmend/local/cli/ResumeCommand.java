package dev.cloudmend.local.cli;

import dev.cloudmend.local.Suite;
import dev.cloudmend.model.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    description = "Switches live changes on again after 'stop'.")
final class ResumeCommand implements Callable<Integer> {

  @Mixin private TargetOptions options = new TargetOptions();

  private final Console console;

  ResumeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (Suite.Tables tables = Suite.Tables.open(options.dataFolder())) {
      String by = User.name();
      // Recorded first: what is switched on without a trace must not be.
      tables.store().audit().append("suite", "RESUMED", by, Json.object());
      tables.store().safety().resume(by);
      if (options.isJson()) {
        console.json(Json.object().put("stopped", false).put("by", by));
      } else {
        console.line("Live changes are on again.");
      }
      return 0;
    }
  }
}
