package dev.cloudmend.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.model.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Runs commands as a user does, and keeps what they print. */
final class Terminal {

  /**
   * What a command left behind.
   *
   * @param code the exit code
   * @param out standard output
   * @param err standard error
   */
  record Result(int code, String out, String err) {

    /** Standard output, which has to be exactly one JSON document. */
    JsonNode json() {
      return Json.parse(out);
    }
  }

  private Terminal() {}

  static Result run(Object... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    String[] texts = new String[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      texts[i] = arguments[i].toString();
    }
    int code =
        Cloudmend.run(
            new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false),
            texts);
    return new Result(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
