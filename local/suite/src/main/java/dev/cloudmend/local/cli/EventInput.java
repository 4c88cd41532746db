package dev.cloudmend.local.cli;

import dev.cloudmend.configuration.Configuration;
import dev.cloudmend.intake.Intake;
import dev.cloudmend.intake.Resources;
import dev.cloudmend.intake.UnreadableEventException;
import dev.cloudmend.local.EventFile;
import dev.cloudmend.local.InputException;
import dev.cloudmend.local.InputException.Fault;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.playbooks.Catalogue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Events that a command reads. */
final class EventInput {

  private EventInput() {}

  /**
   * The text of a file, or of standard input where the name is {@code -}.
   *
   * @throws InputException when it cannot be read
   */
  static String text(String file) {
    try {
      return file.equals("-")
          ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
          : Files.readString(Path.of(file));
    } catch (IOException | InvalidPathException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * The bytes of a file, or of standard input where the name is {@code -}.
   *
   * @throws InputException when it cannot be opened
   */
  static InputStream stream(String file) {
    try {
      return file.equals("-") ? System.in : Files.newInputStream(Path.of(file));
    } catch (IOException | InvalidPathException e) {
      throw unreadable(file, e);
    }
  }

  /** How many bytes a file has; 0 where nobody knows. */
  static long size(String file) {
    try {
      return file.equals("-") ? 0 : Files.size(Path.of(file));
    } catch (IOException e) {
      return 0;
    }
  }

  private static InputException unreadable(String file, Exception e) {
    return new InputException(
        List.of(new Fault(file, null, "cannot be read: " + e, "a readable file in UTF-8, or -")));
  }

  /** The events of a file, for commands that know no account. */
  static List<EventFile.Located> events(String file) {
    return new EventFile(
            file,
            () -> {
              throw new InputException(
                  List.of(
                      new Fault(
                          file,
                          "",
                          "holds entries of put-events, whose account only the bus knows",
                          "events as they arrive, with account and region")));
            },
            "us-east-1")
        .read(text(file));
  }

  /**
   * What Intake makes of an event.
   *
   * @throws InputException when it cannot be read; with every problem
   */
  static List<Incident> incidents(EventFile.Located located, Configuration configuration) {
    var intake =
        new Intake(
            Catalogue.standard(),
            Set.copyOf(configuration.ownRoleArns()),
            Set.copyOf(configuration.trustedSenders()));
    try {
      return intake.read(located.event(), RunOptions.NONE).resources().stream()
          .map(Resources.OneResource::incidents)
          .flatMap(List::stream)
          .toList();
    } catch (UnreadableEventException e) {
      throw new InputException(
          e.problems().stream()
              .map(p -> located.fault(p.pointer(), p.message(), p.expected()))
              .toList());
    }
  }
}
