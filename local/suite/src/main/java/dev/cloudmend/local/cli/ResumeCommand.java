package dev.cloudmend.local.cli;

import dev.cloudmend.model.Json;
import dev.cloudmend.store.Store;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    description = "Switches live changes on again after 'stop'.")
final class ResumeCommand implements Callable<Integer> {

  @Mixin private StackOptions options = new StackOptions();

  private final Console console;

  ResumeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return options.withStore(this::resume);
  }

  private int resume(Store store) {
    String by = User.name();
    // Recorded first: what is switched on without a trace must not be.
    store.audit().append("suite", "RESUMED", by, Json.object());
    store.safety().resume(by);
    if (options.isJson()) {
      console.json(Json.object().put("stopped", false).put("by", by));
    } else {
      console.line("Live changes are on again.");
    }
    return 0;
  }
}
