package dev.cloudmend.local.cli;

import dev.cloudmend.model.Json;
import dev.cloudmend.store.Store;
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

  @Mixin private StackOptions options = new StackOptions();

  private final Console console;

  StopCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return options.withStore(this::stop);
  }

  private int stop(Store store) {
    String by = User.name();
    store.safety().stop(by, reason);
    store.audit().append("suite", "STOPPED", by, Json.object().put("reason", reason));
    if (options.isJson()) {
      console.json(Json.object().put("stopped", true).put("by", by).put("reason", reason));
    } else {
      console.line("Live changes are off. 'cloudmend resume' switches them on again.");
    }
    return 0;
  }
}
