package dev.cloudmend.local.cli;

import dev.cloudmend.local.InputException;
import dev.cloudmend.local.assess.LiveLook.Row;
import dev.cloudmend.local.assess.LiveLook.State;
import dev.cloudmend.local.cli.Console.Style;
import dev.cloudmend.model.ManualEvent;
import dev.cloudmend.model.ResourceRef;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows what came of each look, as it comes, and writes events for what violates. */
final class AssessRows implements AutoCloseable {

  private static final String ROW = "%-14s  %-36s  %s";

  private final Console console;
  private final boolean json;
  private final JsonDocument document;
  private final @Nullable BufferedWriter events;
  private final Instant now = Instant.now();
  private final Map<State, Long> counts = new EnumMap<>(State.class);
  private long rows;

  /**
   * Begins.
   *
   * @param eventsFile where events are written, or null
   * @throws InputException when that file cannot be written
   */
  AssessRows(Console console, boolean json, @Nullable Path eventsFile) {
    this.console = console;
    this.json = json;
    this.document = new JsonDocument(console, "assessments");
    try {
      this.events = eventsFile == null ? null : Files.newBufferedWriter(eventsFile);
    } catch (IOException e) {
      throw new InputException("--events: " + eventsFile + " cannot be written: " + e);
    }
  }

  /** Shows what could not even be looked at. */
  void add(Row row) {
    counts.merge(row.state(), 1L, Long::sum);
    if (json) {
      document.add(row);
      return;
    }
    if (rows == 0) {
      console.line(console.styled(Style.BOLD, ROW.formatted("STATE", "PLAYBOOK", "RESOURCE")));
    }
    rows++;
    String playbook = row.playbook() == null ? "-" : row.playbook();
    String line =
        ROW.formatted(row.state(), playbook, Console.shown(row.resource()).replace("\n", " "));
    console.line(console.styled(style(row.state()), line));
    if (!row.gist().isEmpty()) {
      console.line("    " + Console.shown(row.gist()).replace("\n", "\n    "));
    }
  }

  void add(Row row, ResourceRef resource) {
    add(row);
    if (events == null || row.change() == null) {
      return;
    }
    try {
      var event =
          new ManualEvent(
              resource,
              row.change().playbook(),
              null,
              null,
              "cloudmend assess found that it violates " + row.change().playbook(),
              User.name());
      events.write(event.tree(event.id(now.toString()), now).toString());
      events.newLine();
    } catch (IOException e) {
      throw new UncheckedIOException("the events cannot be written", e);
    }
  }

  /** Says how much of what there was; the exit code. */
  int end() {
    if (json) {
      var members = new LinkedHashMap<String, Object>();
      members.put("summary", counts);
      document.end(members);
    } else if (counts.isEmpty()) {
      console.line("There is nothing to look at.");
    } else {
      console.line();
      var parts = new ArrayList<String>();
      counts.forEach((state, count) -> parts.add(count + " " + state));
      console.line(String.join(", ", parts));
      if (counts.containsKey(State.VIOLATING) && events == null) {
        console.line(
            "Nothing was written. --events FILE writes what 'cloudmend run FILE' takes to plan and mend it.");
      }
    }
    return counts.containsKey(State.ERROR) ? Cloudmend.FAILED : 0;
  }

  private static Style style(State state) {
    return switch (state) {
      case COMPLIANT -> Style.GREEN;
      case VIOLATING, ERROR -> Style.RED;
      case BLOCKED -> Style.YELLOW;
      case NOT_APPLICABLE, NOT_FOUND -> Style.CYAN;
    };
  }

  @Override
  public void close() throws IOException {
    if (events != null) {
      events.close();
    }
  }
}
