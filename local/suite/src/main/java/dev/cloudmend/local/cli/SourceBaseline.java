package dev.cloudmend.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.local.InputException;
import dev.cloudmend.local.InputException.Fault;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.terraform.rules.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Violations that are known and accepted, one for each that a scan may find: a second one at the
 * same resource is new.
 *
 * @param known without lines, which every edit moves
 */
record SourceBaseline(List<Known> known) {

  private static final String EXPECTED = "a file that 'cloudmend scan --write-baseline' wrote";

  private static final List<String> MEMBERS = List.of("rule", "file", "address", "message");

  /** A known violation. */
  record Known(String rule, String file, String address, String message) {
    static Known of(Violation violation) {
      return new Known(
          violation.rule().id(),
          violation.resource().file().path(),
          violation.resource().address(),
          violation.message());
    }
  }

  static SourceBaseline of(List<Violation> violations) {
    return new SourceBaseline(violations.stream().map(Known::of).toList());
  }

  /**
   * Reads one.
   *
   * @throws InputException when the file cannot be read as one
   */
  static SourceBaseline read(Path file) {
    try {
      JsonNode root = Json.parse(Files.readString(file));
      if (!root.path("known").isArray()) {
        throw fault(file, "has no list 'known'");
      }
      for (JsonNode known : root.path("known")) {
        for (String member : MEMBERS) {
          if (!known.path(member).isTextual()) {
            throw fault(file, "has an entry without '" + member + "'");
          }
        }
      }
      return Json.fromTree(root, SourceBaseline.class);
    } catch (IOException e) {
      throw fault(file, "cannot be read: " + e);
    } catch (ModelException e) {
      throw fault(file, String.valueOf(e.getMessage()));
    }
  }

  /** Those that are not known. */
  List<Violation> withoutKnown(List<Violation> violations) {
    var left = new ArrayList<>(known);
    return violations.stream().filter(violation -> !left.remove(Known.of(violation))).toList();
  }

  private static InputException fault(Path file, String message) {
    return new InputException(List.of(new Fault(file.toString(), null, message, EXPECTED)));
  }
}
