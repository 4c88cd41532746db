package dev.cloudmend.local.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.local.InputException;
import dev.cloudmend.local.cli.Console.Style;
import dev.cloudmend.model.Json;
import dev.cloudmend.store.Exemption;
import dev.cloudmend.store.Store;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "except",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description =
        "Failures that are accepted for a time. What an exception fits ends IGNORED, with its reason and author; when it is over, that is taken up again.",
    subcommands = ExceptWakeCommand.class)
final class ExceptCommand implements Runnable {

  /** Who accepted it and why is forgotten sooner than a year goes by: so it is asked again. */
  private static final int MOST_DAYS = 365;

  private static final int LONGEST_REASON = 500;
  private static final int ID = 12;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Console console;

  ExceptCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = {
        "Accepts failures until a time, at most 365 days ahead: an exception that nobody looks at again becomes the rule.",
        "It is written to the audit trail first; where that cannot be written there is no exception."
      })
  int add(
      @Mixin StackOptions options,
      @Mixin ExceptionScopeOptions scope,
      @Option(
              names = "--reason",
              paramLabel = "TEXT",
              required = true,
              description = "Why, for whoever reads the audit trail.")
          String reason,
      @Option(
              names = "--until",
              paramLabel = "TIME",
              description =
                  "Until when: a date (to its end, UTC) or an instant such as 2026-12-31T12:00:00Z.")
          @Nullable String until,
      @Option(names = "--days", paramLabel = "N", description = "For so many days from now.")
          @Nullable Integer days) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    if (reason.isBlank() || reason.length() > LONGEST_REASON) {
      throw new InputException("--reason: expected a text of 1 to 500 characters");
    }
    String id = "exc-" + UUID.randomUUID().toString().replace("-", "").substring(0, ID);
    var exemption =
        new Exemption(id, scope.scope(), reason, User.name(), now, end(until, days, now));
    return options.withStore(
        store -> {
          // Recorded first: what is accepted without a trace must not be.
          store.audit().append(id, "EXCEPTION_ADDED", exemption.author(), data(exemption));
          store.exemptions().add(exemption);
          if (options.isJson()) {
            console.json(exemption);
          } else {
            console.line(
                "%s until %s: %s"
                    .formatted(
                        id, exemption.until(), ExceptionScopeOptions.shown(exemption.scope())));
          }
          return 0;
        });
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "All exceptions that were not removed, the first to end first.")
  int list(@Mixin StackOptions options) {
    return options.withStore(
        store -> {
          Instant now = Instant.now();
          List<Listed> listed =
              store.exemptions().all().stream().map(e -> Listed.of(e, store, now)).toList();
          if (options.isJson()) {
            console.json(Map.of("exceptions", listed));
          } else if (listed.isEmpty()) {
            console.line("There is no exception.");
          } else {
            listed.forEach(this::show);
          }
          return 0;
        });
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = {
        "Ends an exception now. What it held back is taken up again: by 'cloudmend except wake', in a deployment within the hour.",
        "It is written to the audit trail first."
      })
  int remove(
      @Mixin StackOptions options,
      @Parameters(paramLabel = "ID", description = "As 'except list' shows it.") String id) {
    return options.withStore(
        store -> {
          Exemption exemption =
              store
                  .exemptions()
                  .find(id)
                  .orElseThrow(
                      () ->
                          new InputException(
                              "there is no exception '"
                                  + Console.shown(id)
                                  + "'; expected an id that 'cloudmend except list' shows"));
          store.audit().append(id, "EXCEPTION_REMOVED", User.name(), data(exemption));
          store.exemptions().remove(id);
          int held = store.exemptions().heldBack(id).size();
          if (options.isJson()) {
            console.json(Json.object().put("removed", id).put("heldBack", held));
          } else {
            console.line("%s is removed; it held back %d incidents.".formatted(id, held));
          }
          return 0;
        });
  }

  private void show(Listed one) {
    Exemption exemption = one.exception();
    boolean isOver = one.state() == State.OVER;
    console.line(
        "%s  %s  %s  %s"
            .formatted(
                exemption.id(),
                console.styled(isOver ? Style.YELLOW : Style.GREEN, "%-6s".formatted(one.state())),
                exemption.until(),
                ExceptionScopeOptions.shown(exemption.scope())));
    console.line(
        "    %s, by %s; holds back %d incidents%s"
            .formatted(
                Console.shown(exemption.reason()).replace("\n", " "),
                Console.shown(exemption.author()),
                one.heldBack(),
                isOver && one.heldBack() > 0 ? ": 'cloudmend except wake' takes them up" : ""));
  }

  private static ObjectNode data(Exemption exemption) {
    ObjectNode data = Json.object();
    data.set("scope", Json.toTree(exemption.scope()));
    data.put("reason", exemption.reason());
    data.put("author", exemption.author());
    data.put("since", exemption.since().toString());
    data.put("until", exemption.until().toString());
    return data;
  }

  private static Instant end(@Nullable String until, @Nullable Integer days, Instant now) {
    if ((until == null) == (days == null)) {
      throw new InputException("expected --until or --days: an exception has an end");
    }
    Instant end;
    if (days != null) {
      if (days < 1 || days > MOST_DAYS) {
        throw new InputException("--days: expected a number from 1 to " + MOST_DAYS);
      }
      end = now.plus(Duration.ofDays(days));
    } else {
      end = instant(until == null ? "" : until);
    }
    if (!end.isAfter(now) || end.isAfter(now.plus(Duration.ofDays(MOST_DAYS)))) {
      throw new InputException(
          "--until: "
              + end
              + " is not within the next "
              + MOST_DAYS
              + " days; an exception that nobody looks at again becomes the rule");
    }
    return end;
  }

  private static Instant instant(String text) {
    try {
      return text.contains("T")
          ? Instant.parse(text)
          : LocalDate.parse(text).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException e) {
      throw new InputException(
          "--until: '"
              + Console.shown(text)
              + "' is no time; expected 2026-12-31 or 2026-12-31T12:00:00Z");
    }
  }

  /** Whether an exception still holds. */
  enum State {
    ACTIVE,
    OVER
  }

  /**
   * An exception as it is listed.
   *
   * @param heldBack how many incidents ended because of it and were not taken up again
   */
  record Listed(Exemption exception, State state, int heldBack) {

    static Listed of(Exemption exemption, Store store, Instant now) {
      return new Listed(
          exemption,
          exemption.isOver(now) ? State.OVER : State.ACTIVE,
          store.exemptions().heldBack(exemption.id()).size());
    }
  }
}
