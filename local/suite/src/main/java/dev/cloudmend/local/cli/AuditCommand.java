package dev.cloudmend.local.cli;

import dev.cloudmend.local.InputException;
import dev.cloudmend.local.cli.Console.Style;
import dev.cloudmend.model.Json;
import dev.cloudmend.store.AuditEntry;
import dev.cloudmend.store.AuditVerification;
import dev.cloudmend.store.IncidentRecord;
import dev.cloudmend.store.Link;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = "Reads the audit trail.",
    subcommands = {})
final class AuditCommand {

  private final Console console;

  AuditCommand(Console console) {
    this.console = console;
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "The latest entries, newest first.")
  int list(
      @Mixin StackOptions options,
      @Option(
              names = "--days",
              paramLabel = "N",
              defaultValue = "7",
              description = "How far back. Default: ${DEFAULT-VALUE}.")
          int days,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "100",
              description = "The most entries. Default: ${DEFAULT-VALUE}.")
          int limit) {
    if (days < 1 || limit < 1) {
      throw new InputException("--days and --limit: expected a number of at least 1");
    }
    Instant since = Instant.now().minus(Duration.ofDays(days));
    return options.withStore(store -> show(options, store.audit().recent(since, limit)));
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "All entries of one incident, in order.")
  int show(
      @Mixin StackOptions options,
      @Parameters(paramLabel = "INCIDENT", description = "The incident's id.") String incident) {
    return options.withStore(
        store -> {
          List<AuditEntry> entries = store.audit().ofIncident(incident);
          if (entries.isEmpty()) {
            throw new InputException(
                "the audit trail has no incident '"
                    + Console.shown(incident)
                    + "'; expected an id that 'cloudmend audit list' shows");
          }
          Optional<Link> link = store.incidents().find(incident).map(IncidentRecord::link);
          if (options.isJson()) {
            var document = new LinkedHashMap<String, Object>();
            document.put("entries", entries);
            link.ifPresent(l -> document.put("link", l));
            console.json(document);
            return 0;
          }
          link.ifPresent(l -> console.line("link  " + Console.shown(IncidentPrinter.link(l))));
          return show(options, entries);
        });
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = {
        "Checks that no entry was changed, removed or added outside the chain.",
        "Exit 1 when one was."
      })
  int verify(@Mixin StackOptions options) {
    return options.withStore(
        store -> {
          AuditVerification found = store.audit().verify();
          if (options.isJson()) {
            var document = Json.object();
            document.put("holds", found.holds());
            document.put("entries", found.entries());
            document.put("chains", found.chains());
            document.set("problems", Json.toTree(found.problems()));
            console.json(document);
          } else if (found.holds()) {
            console.line(
                console.styled(Style.GREEN, "The audit trail holds")
                    + ": %d entries in %d chains.".formatted(found.entries(), found.chains()));
          } else {
            console.line(console.styled(Style.RED, "The audit trail does not hold:"));
            found.problems().forEach(p -> console.line("  " + Console.shown(p)));
          }
          return found.holds() ? 0 : Cloudmend.FAILED;
        });
  }

  private int show(StackOptions options, List<AuditEntry> entries) {
    if (options.isJson()) {
      console.json(Map.of("entries", entries));
      return 0;
    }
    if (entries.isEmpty()) {
      console.line("No entries.");
    }
    entries.forEach(entry -> console.line(line(entry)));
    return 0;
  }

  /** An entry for a person, in one line. */
  static String line(AuditEntry entry) {
    return "%s  %-10s %-24s %s  %s"
        .formatted(
            entry.at(),
            Console.shown(entry.kind()),
            Console.shown(entry.incidentId()),
            Console.shown(entry.actor()),
            Console.shown(gist(entry)));
  }

  private static String gist(AuditEntry entry) {
    var data = entry.data();
    for (String member : List.of("outcome", "kind", "playbook", "reason", "url", "title")) {
      if (data.hasNonNull(member)) {
        String reason = data.path("reason").asText("");
        String value = data.path(member).asText();
        return member.equals("outcome") && !reason.isEmpty() ? value + ": " + reason : value;
      }
    }
    return "";
  }
}
