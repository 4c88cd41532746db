package dev.cloudmend.states.definition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.states.paths.ErrorNames;
import dev.cloudmend.states.paths.ReferencePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads Retry and Catch. */
final class ErrorHandlingParser {

  private static final int MAX_DELAY = 31_622_399;

  private ErrorHandlingParser() {}

  static List<Retrier> retriers(FieldReader state) {
    var retriers = new ArrayList<Retrier>();
    List<FieldReader> readers = List.copyOf(state.objects("Retry").values());
    for (FieldReader reader : readers) {
      List<String> errors = errorEquals(reader, reader == readers.getLast());
      int interval = reader.integer("IntervalSeconds", 1, TaskResource.MAX_SECONDS).orElse(1);
      int attempts = reader.integer("MaxAttempts", 0, TaskResource.MAX_SECONDS).orElse(3);
      OptionalInt longest = reader.integer("MaxDelaySeconds", 1, MAX_DELAY);
      if (longest.isPresent() && longest.getAsInt() <= interval) {
        reader.problem("MaxDelaySeconds", "must be greater than IntervalSeconds");
      }
      retriers.add(
          new Retrier(errors, interval, attempts, backoffRate(reader), longest, jitter(reader)));
      reader.finish();
    }
    return List.copyOf(retriers);
  }

  static List<Catcher> catchers(FieldReader state) {
    var catchers = new ArrayList<Catcher>();
    List<FieldReader> readers = List.copyOf(state.objects("Catch").values());
    for (FieldReader reader : readers) {
      List<String> errors = errorEquals(reader, reader == readers.getLast());
      Optional<String> next = reader.requiredText("Next");
      Optional<ReferencePath> resultPath =
          reader.nullable("ResultPath", ReferencePath.ROOT, ReferencePath::parse);
      reader.finish();
      next.ifPresent(target -> catchers.add(new Catcher(errors, target, resultPath)));
    }
    return List.copyOf(catchers);
  }

  private static List<String> errorEquals(FieldReader reader, boolean last) {
    reader.require("ErrorEquals");
    var names = new ArrayList<String>();
    reader.array("ErrorEquals").ifPresent(array -> array.forEach(name -> add(name, names, reader)));
    if (reader.has("ErrorEquals") && names.isEmpty()) {
      reader.problem("ErrorEquals", "must hold at least one error name");
    }
    if (names.contains(ErrorNames.ALL) && (names.size() > 1 || !last)) {
      reader.problem("ErrorEquals", "States.ALL must stand alone, and last");
    }
    return List.copyOf(names);
  }

  private static void add(JsonNode name, List<String> names, FieldReader reader) {
    if (!name.isTextual()) {
      reader.problem("ErrorEquals", "must hold strings only");
      return;
    }
    String text = name.textValue();
    if (text.startsWith(ErrorNames.PREFIX) && !ErrorNames.RESERVED.contains(text)) {
      reader.problem("ErrorEquals", "'" + text + "' is not an error name of the States Language");
    }
    names.add(text);
  }

  private static double backoffRate(FieldReader reader) {
    Optional<JsonNode> rate = reader.value("BackoffRate");
    if (rate.isPresent() && !(rate.get().isNumber() && rate.get().doubleValue() >= 1)) {
      reader.problem("BackoffRate", "must be a number of at least 1.0");
      return 1;
    }
    return rate.map(JsonNode::doubleValue).orElse(2.0);
  }

  private static boolean jitter(FieldReader reader) {
    String strategy = reader.text("JitterStrategy").orElse("NONE");
    if (!strategy.equals("NONE") && !strategy.equals("FULL")) {
      reader.problem("JitterStrategy", "must be NONE or FULL");
    }
    return strategy.equals("FULL");
  }
}
