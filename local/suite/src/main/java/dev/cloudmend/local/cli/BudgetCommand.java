package dev.cloudmend.local.cli;

import dev.cloudmend.configuration.Configuration;
import dev.cloudmend.local.cli.Console.Style;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Limits;
import dev.cloudmend.store.Spent;
import dev.cloudmend.store.Stop;
import dev.cloudmend.store.Store;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "budget",
    mixinStandardHelpOptions = true,
    description = {
      "How much of the budget of live changes is used, in each account, by each playbook and in all, and whether live changes are on.",
      "The limits are those of the configuration that --config names, here and with --stack: give the file that the stack was deployed with."
    })
final class BudgetCommand implements Callable<Integer> {

  @Mixin private StackOptions options = new StackOptions();

  @Mixin private ConfigFileOption configuration = new ConfigFileOption();

  private final Console console;

  BudgetCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Limits limits = Configuration.read(configuration.file(), Optional.empty()).limits();
    return options.withStore(store -> show(store, limits));
  }

  private int show(Store store, Limits limits) {
    List<Spent> spent = store.safety().spent(limits);
    Optional<Stop> stop = store.safety().stopped();
    if (options.isJson()) {
      var document = new LinkedHashMap<String, Object>();
      document.put(
          "limits",
          Json.object()
              .put("perAccount", limits.perAccount())
              .put("perPlaybook", limits.perPlaybook())
              .put("total", limits.total())
              .put("windowSeconds", limits.window().toSeconds()));
      document.put("budgets", spent);
      document.put("stopped", stop.isPresent());
      stop.ifPresent(s -> document.put("stop", s));
      console.json(document);
      return 0;
    }
    console.line(
        "%d in an account, %d by a playbook, %d in all, each %s"
            .formatted(
                limits.perAccount(),
                limits.perPlaybook(),
                limits.total(),
                limits.window().toString().substring(2).toLowerCase(Locale.ROOT)));
    if (spent.isEmpty()) {
      console.line("No live change was made in this window.");
    }
    for (Spent one : spent) {
      String line =
          "%4d of %4d  %-50s  until %s"
              .formatted(one.used(), one.limit(), Console.shown(one.which()), one.windowEnds());
      console.line(one.used() < one.limit() ? line : console.styled(Style.YELLOW, line));
    }
    console.line(
        stop.map(
                s ->
                    console.styled(
                        Style.RED,
                        "Live changes are off since %s, by %s: %s"
                            .formatted(s.at(), Console.shown(s.by()), Console.shown(s.reason()))))
            .orElse("Live changes are on."));
    return 0;
  }
}
