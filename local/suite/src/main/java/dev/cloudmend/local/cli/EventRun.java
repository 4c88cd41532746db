package dev.cloudmend.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.aws.AwsCallException;
import dev.cloudmend.aws.AwsClients;
import dev.cloudmend.aws.AwsConnection;
import dev.cloudmend.local.EventFile;
import dev.cloudmend.local.IncidentReport;
import dev.cloudmend.local.InputException;
import dev.cloudmend.local.InputException.Fault;
import dev.cloudmend.local.RunSettings;
import dev.cloudmend.local.TargetAccount;
import dev.cloudmend.local.report.CountedStream;
import dev.cloudmend.local.report.JsonElements;
import dev.cloudmend.local.report.ProwlerFinding;
import dev.cloudmend.local.report.ProwlerFinding.Status;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.playbooks.Catalogue;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs the events and findings of one file as they are read, and shows what became of them. The
 * suite starts with the first that is to be run.
 */
final class EventRun implements JsonElements.Sink, AutoCloseable {

  private static final int MOST_FAULTS = 1_000;

  private final Console console;
  private final TargetOptions options;
  private final Workplace workplace;
  private final RunOptions run;
  private final String file;
  private final EventFile events;
  private final Catalogue catalogue = Catalogue.standard();
  private final IncidentPrinter printer;
  private final JsonDocument document;
  private final Progress progress;
  private final ReportSummary summary = new ReportSummary();
  private final List<Fault> faults = new ArrayList<>();
  private long faultsLeftOut;
  private long count;
  private long size;
  private int code;
  private @Nullable CountedStream in;
  private @Nullable String caller;

  EventRun(
      Console console,
      String file,
      TargetOptions options,
      RepositoryOptions repositories,
      RunSettings settings,
      RunOptions run) {
    this.console = console;
    this.file = file;
    this.options = options;
    this.workplace = new Workplace(console, options, repositories, settings, this::tell);
    this.run = run;
    this.events = new EventFile(file, this::caller, options.withoutAccount().region());
    this.printer = new IncidentPrinter(console);
    this.document = new JsonDocument(console, "incidents");
    this.progress = new Progress(console, "findings or events", true);
  }

  /**
   * Reads and runs all that the stream has.
   *
   * @param size the file's bytes; 0 where nobody knows
   * @return the exit code
   */
  int run(InputStream stream, long size) {
    this.size = size;
    var counted = new CountedStream(stream);
    this.in = counted;
    try {
      new JsonElements(this).read(counted);
    } catch (RuntimeException e) {
      return cutOff(e);
    }
    end();
    return faults.isEmpty() ? code : Cloudmend.INVALID;
  }

  /** What has ended is shown, and a document that has begun is ended, before the command fails. */
  private int cutOff(RuntimeException e) {
    progress.clear();
    Optional<Cloudmend.Failure> failure = Cloudmend.failure(e);
    if (failure.isEmpty() || !document.hasBegun()) {
      if (!options.isJson() && summary.isOfAReport()) {
        summary.print(console);
      }
      throw e;
    }
    failure.get().faults().forEach(this::add);
    end();
    return failure.get().code();
  }

  private void end() {
    progress.clear();
    if (!options.isJson()) {
      if (summary.isOfAReport()) {
        summary.print(console);
      }
    } else {
      var members = new LinkedHashMap<String, Object>();
      if (summary.isOfAReport()) {
        members.put("summary", summary.document());
      }
      if (!faults.isEmpty()) {
        members.put("errors", faults);
      }
      if (faultsLeftOut > 0) {
        members.put("errorsLeftOut", faultsLeftOut);
      }
      document.end(members);
    }
    faults.forEach(f -> console.err().println("cloudmend: " + Console.shown(f.line())));
    if (faultsLeftOut > 0) {
      console.err().println("cloudmend: and " + faultsLeftOut + " more");
    }
  }

  @Override
  public void element(String pointer, int line, JsonNode node) {
    Optional<ProwlerFinding> finding = ProwlerFinding.of(node);
    if (finding.isPresent()) {
      summary.finding();
      finding(finding.get(), pointer, line);
    } else {
      events(pointer, line, node);
    }
    count++;
    progress.at(in == null ? 0 : in.count(), size, count);
  }

  @Override
  public void broken(String pointer, int line, String message, @Nullable String expected) {
    add(new Fault(file, line, pointer, message, expected));
  }

  private void finding(ProwlerFinding finding, String pointer, int line) {
    Status status = finding.status();
    if (finding.check().isEmpty()) {
      broken(pointer + "/metadata/event_code", line, "is missing", "the check's id");
    } else if (status == Status.OTHER) {
      broken(pointer + "/status_code", line, "is missing or not known", "FAIL, PASS or MANUAL");
    } else if (status != Status.FAIL) {
      summary.skipped(status);
    } else if (catalogue.byCheck(finding.check()).isEmpty()) {
      summary.unsupported(finding.check());
    } else {
      failed(finding, pointer, line);
    }
  }

  private void failed(ProwlerFinding finding, String pointer, int line) {
    EventFile.Located located;
    try {
      located = events.finding(pointer, line, finding.event(options.withoutAccount().region()));
    } catch (InputException e) {
      e.faults().forEach(this::add);
      return;
    } catch (ModelException e) {
      broken(pointer + "/cloud/account/uid", line, String.valueOf(e.getMessage()), "an account id");
      return;
    }
    for (IncidentReport report : run(located)) {
      summary.ended(report);
    }
  }

  private void events(String pointer, int line, JsonNode node) {
    var elements = EventFile.elements(node);
    if (elements.isEmpty()) {
      broken(pointer + "/Entries", line, "has no events", "at least one event");
    }
    elements.forEach(
        (inner, element) -> {
          if (isEntry(element) && !knowsCaller()) {
            return;
          }
          EventFile.Located located;
          try {
            located = events.one(pointer + inner, line, element);
          } catch (InputException e) {
            e.faults().forEach(this::add);
            return;
          }
          for (IncidentReport report : run(located)) {
            if (!options.isJson()) {
              progress.clear();
              printer.print(report);
            }
          }
        });
  }

  private List<IncidentReport> run(EventFile.Located located) {
    List<IncidentReport> reports;
    try {
      reports = workplace.suite().run(located, run);
    } catch (InputException e) {
      e.faults().forEach(this::add);
      return List.of();
    }
    for (IncidentReport report : reports) {
      code = Math.max(code, Cloudmend.exitCode(report.outcome()));
      if (options.isJson()) {
        document.add(report);
      }
    }
    return reports;
  }

  private void add(Fault fault) {
    if (faults.size() < MOST_FAULTS) {
      faults.add(fault);
    } else {
      faultsLeftOut++;
    }
  }

  private void tell(String text) {
    progress.clear();
    console.progress(text);
  }

  private static boolean isEntry(JsonNode element) {
    return element.has("DetailType") || element.has("Detail");
  }

  /** Asks once whose bus entries go to: where nobody can tell, none of them can be read. */
  private boolean knowsCaller() {
    if (caller == null) {
      TargetAccount account = workplace.place().account();
      try {
        caller = callerOf(account);
      } catch (InputException e) {
        caller = "";
        e.faults().forEach(this::add);
      }
    }
    return !caller.isEmpty();
  }

  private String caller() {
    return caller == null ? "" : caller;
  }

  private static String callerOf(TargetAccount target) {
    try (AwsClients clients =
        AwsClients.open(new AwsConnection(target.endpoint(), target.region(), target.profile()))) {
      return clients.readOnly().callerAccount();
    } catch (AwsCallException e) {
      throw new InputException("the account of the entries cannot be told: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    workplace.close();
  }
}
