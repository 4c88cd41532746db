package dev.cloudmend.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.playbooks.Catalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The project's sample events, and what Intake makes of events. */
final class Samples {

  static final String TRUSTED = "999999999999";

  private static final Path FOLDER = Path.of("../../events");
  private static final Intake INTAKE = new Intake(Catalogue.standard(), Set.of(), Set.of(TRUSTED));

  private Samples() {}

  static ObjectNode read(String name) {
    return Json.parseObject(text(name));
  }

  /** By their name in the folder, such as {@code manual/bucket-all-playbooks.json}. */
  static List<String> names() {
    try (var files = Files.find(FOLDER, 2, (file, is) -> file.toString().endsWith(".json"))) {
      return files
          .map(FOLDER::relativize)
          .filter(file -> file.getNameCount() == 2)
          .map(Path::toString)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Resources resources(ObjectNode event) {
    return INTAKE.read(event, RunOptions.NONE);
  }

  static List<Incident> incidents(ObjectNode event) {
    return resources(event).resources().stream().flatMap(r -> r.incidents().stream()).toList();
  }

  static Incident only(ObjectNode event) {
    List<Incident> incidents = incidents(event);
    if (incidents.size() != 1) {
      throw new AssertionError("expected one incident, found " + incidents);
    }
    return incidents.getFirst();
  }

  static String text(String name) {
    return text(FOLDER.resolve(name));
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
