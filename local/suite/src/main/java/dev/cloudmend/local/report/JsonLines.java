package dev.cloudmend.local.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.model.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** One JSON document a line. */
final class JsonLines {

  private JsonLines() {}

  /**
   * Whether a stream has one document a line. One of the first two lines has to be a whole object:
   * the first may be broken, and the second line of an indented document never is one.
   *
   * @param in a stream that can be marked; it is left as it was
   * @param most how many bytes are looked at
   */
  static boolean are(InputStream in, int most) throws IOException {
    in.mark(most + 1);
    boolean isObject = in.read() == '{';
    in.reset();
    if (!isObject) {
      return false;
    }
    byte[] start = in.readNBytes(most);
    in.reset();
    int first = end(start, 0);
    int second = end(start, first + 1);
    return first < start.length
        && (isObject(start, 0, first) || isObject(start, first + 1, second));
  }

  private static int end(byte[] bytes, int from) {
    int at = from;
    while (at < bytes.length && bytes[at] != '\n') {
      at++;
    }
    return at;
  }

  private static boolean isObject(byte[] bytes, int from, int to) {
    if (from >= to || bytes[from] != '{') {
      return false;
    }
    try {
      return Json.mapper().readTree(bytes, from, to - from).isObject();
    } catch (IOException e) {
      return false;
    }
  }

  /** Reads all lines; empty ones say nothing. */
  static void read(InputStream in, JsonElements.Sink sink) {
    var line = new ByteArrayOutputStream();
    int number = 0;
    try {
      boolean more = true;
      while (more) {
        number++;
        line.reset();
        long length = 0;
        int one;
        while ((one = in.read()) >= 0 && one != '\n') {
          length++;
          if (length <= JsonElements.LARGEST) {
            line.write(one);
          }
        }
        more = one >= 0;
        if (length > JsonElements.LARGEST) {
          sink.broken("", number, "has " + length + " bytes", "at most " + JsonElements.LARGEST);
        } else {
          document(line.toByteArray(), number, sink);
        }
      }
    } catch (IOException e) {
      sink.broken("", number, "cannot be read further: " + e, null);
    }
  }

  private static void document(byte[] line, int number, JsonElements.Sink sink) throws IOException {
    JsonNode node;
    try {
      node = Json.mapper().readTree(line);
    } catch (JsonProcessingException e) {
      sink.broken("", number, broken(e), "one JSON document a line");
      return;
    }
    if (!node.isMissingNode()) {
      sink.element("", number, node);
    }
  }

  private static String broken(JsonProcessingException e) {
    var at = e.getLocation();
    return "is not JSON"
        + (at == null ? "" : " at column " + at.getColumnNr())
        + ": "
        + e.getOriginalMessage();
  }
}
