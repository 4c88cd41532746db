package dev.cloudmend.local.cli;

import dev.cloudmend.local.InputException;
import dev.cloudmend.local.cli.Console.Style;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.ProposalPreview;
import dev.cloudmend.model.PullRequestLink;
import dev.cloudmend.store.AuditEntry;
import dev.cloudmend.store.IncidentRecord;
import dev.cloudmend.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "pull-requests",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description =
        "The pull requests that carry fixes to where resources are declared, and what became of them.",
    subcommands = PullRequestsSweepCommand.class)
final class PullRequestsCommand implements Runnable {

  private static final String KINDS = "PULL_REQUEST_";
  private static final int MOST_ENTRIES = 10_000;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Console console;

  PullRequestsCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = {
        "Those that are open, and those that ended of late, as they stood when they were looked at last.",
        "'cloudmend pull-requests sweep' looks again; a deployment does so each hour."
      })
  int list(
      @Mixin StackOptions options,
      @Option(
              names = "--days",
              paramLabel = "N",
              defaultValue = "30",
              description = "How far back those are shown that ended. Default: ${DEFAULT-VALUE}.")
          int days) {
    if (days < 1) {
      throw new InputException("--days: expected a number of at least 1");
    }
    Instant since = Instant.now().minus(Duration.ofDays(days));
    return options.withStore(
        store -> {
          List<Listed> listed = listed(store, since);
          if (options.isJson()) {
            console.json(Map.of("pullRequests", listed));
          } else if (listed.isEmpty()) {
            console.line("There is no pull request.");
          } else {
            listed.forEach(one -> console.line(one.lines(console)));
          }
          return 0;
        });
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description =
          "The pull request of one incident: where it is, how it stands, and what the audit trail says of it.")
  int show(
      @Mixin StackOptions options,
      @Parameters(paramLabel = "INCIDENT", description = "The incident's id.") String incident) {
    return options.withStore(
        store -> {
          IncidentRecord record =
              store
                  .incidents()
                  .find(incident)
                  .filter(found -> found.pullRequest() != null || found.preview() != null)
                  .orElseThrow(
                      () ->
                          new InputException(
                              "there is no pull request of an incident '"
                                  + Console.shown(incident)
                                  + "'; expected an id that 'cloudmend pull-requests list' shows"));
          List<AuditEntry> entries =
              store.audit().ofIncident(incident).stream()
                  .filter(entry -> entry.kind().startsWith(KINDS))
                  .toList();
          if (options.isJson()) {
            console.json(document(record, entries));
          } else {
            print(record, entries);
          }
          return 0;
        });
  }

  /** The open ones in the store's order, then those that ended, the latest first. */
  private static List<Listed> listed(Store store, Instant since) {
    var listed = new LinkedHashMap<String, Listed>();
    for (var open : store.proposals().all()) {
      for (String incident : open.incidents()) {
        listed.put(
            incident,
            Listed.of(
                incident,
                store.incidents().find(incident).map(IncidentRecord::incident),
                open.pullRequest()));
      }
    }
    var ended = new LinkedHashSet<String>();
    for (AuditEntry entry : store.audit().recent(since, MOST_ENTRIES)) {
      if (entry.kind().startsWith(KINDS)) {
        ended.add(entry.incidentId());
      }
    }
    for (String incident : ended) {
      if (!listed.containsKey(incident)) {
        store
            .incidents()
            .find(incident)
            .flatMap(
                record ->
                    Optional.ofNullable(record.pullRequest())
                        .map(link -> Listed.of(incident, Optional.of(record.incident()), link)))
            .ifPresent(one -> listed.put(incident, one));
      }
    }
    return List.copyOf(listed.values());
  }

  private void print(IncidentRecord record, List<AuditEntry> entries) {
    var printer = new IncidentPrinter(console);
    Incident incident = record.incident();
    console.line(
        console.styled(Style.BOLD, incident.incidentId())
            + "  "
            + (incident.playbook() == null ? "-" : incident.playbook()));
    if (record.pullRequest() != null) {
      printer.print(record.pullRequest());
    }
    if (record.preview() != null) {
      printer.print(record.preview());
    }
    entries.forEach(entry -> console.line(AuditCommand.line(entry)));
  }

  private static Map<String, Object> document(IncidentRecord record, List<AuditEntry> entries) {
    var document = new LinkedHashMap<String, Object>();
    document.put("incidentId", record.incident().incidentId());
    PullRequestLink pullRequest = record.pullRequest();
    if (pullRequest != null) {
      document.put("pullRequest", pullRequest);
    }
    ProposalPreview preview = record.preview();
    if (preview != null) {
      document.put("preview", preview);
    }
    document.put("entries", entries);
    return document;
  }

  /**
   * A pull request as it is listed: once for each incident whose fix it carries.
   *
   * @param playbook who answers to the finding; absent where the incident is not known
   * @param resource its ARN; absent as well
   */
  record Listed(
      String incidentId,
      @Nullable String playbook,
      @Nullable String resource,
      PullRequestLink pullRequest) {

    static Listed of(String incidentId, Optional<Incident> incident, PullRequestLink pullRequest) {
      return new Listed(
          incidentId,
          incident.map(Incident::playbook).orElse(null),
          incident
              .flatMap(one -> Optional.ofNullable(one.finding().resource()))
              .map(resource -> resource.arn().toString())
              .orElse(null),
          pullRequest);
    }

    /** For a person, in two lines. */
    String lines(Console console) {
      return "%s  %s#%d  %s%n        %s  %s  %s"
          .formatted(
              console.styled(style(pullRequest.status()), "%-6s".formatted(pullRequest.status())),
              Console.shown(pullRequest.repository()),
              pullRequest.number(),
              Console.shown(pullRequest.url()),
              Console.shown(incidentId),
              playbook == null ? "-" : playbook,
              resource == null ? "-" : Console.shown(resource));
    }

    private static Style style(PullRequestLink.Status status) {
      return switch (status) {
        case OPEN -> Style.YELLOW;
        case EDITED -> Style.CYAN;
        case MERGED -> Style.GREEN;
        case CLOSED -> Style.RED;
      };
    }
  }
}
