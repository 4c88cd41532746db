package dev.cloudmend.configuration;

import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads a YAML file's bytes: at most {@link #MOST_BYTES}, in UTF-8. */
final class YamlFile {

  static final int MOST_BYTES = 1_048_576;

  private YamlFile() {}

  static YamlDocument read(Path file) {
    String name = file.toString();
    if (Files.isDirectory(file)) {
      return unreadable(name, 1, 1, "is a directory", "a YAML file");
    }
    if (!Files.exists(file)) {
      return unreadable(name, 1, 1, "does not exist", "a YAML file");
    }
    byte[] bytes;
    try (var in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    } catch (IOException e) {
      return unreadable(
          name,
          1,
          1,
          "cannot be read: " + e.getClass().getSimpleName(),
          "a file that this user may read");
    }
    if (bytes.length > MOST_BYTES) {
      return tooLarge(name);
    }
    return decode(name, bytes);
  }

  static YamlDocument tooLarge(String name) {
    return unreadable(
        name, 1, 1, "is larger than 1 MiB", "at most " + MOST_BYTES + " bytes of YAML");
  }

  static YamlDocument unreadable(
      String name, int line, int column, String message, String expected) {
    return new YamlDocument(
        name,
        MissingNode.getInstance(),
        Map.of(),
        List.of(new ConfigurationProblem(name, line, column, "", message, expected)));
  }

  private static YamlDocument decode(String name, byte[] bytes) {
    var in = ByteBuffer.wrap(bytes);
    var text = CharBuffer.allocate(bytes.length);
    var result =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(in, text, true);
    text.flip();
    if (!result.isError()) {
      return YamlDocument.read(name, text.toString());
    }
    var at = TextPlace.after(text.toString());
    return unreadable(
        name,
        at.line(),
        at.column(),
        "the byte 0x%02x is not UTF-8".formatted(bytes[in.position()]),
        "a text file in UTF-8");
  }

  /**
   * A place in a text.
   *
   * @param line from 1
   * @param column from 1
   */
  record TextPlace(int line, int column) {

    /** The place that follows a text. */
    static TextPlace after(String text) {
      int lines = (int) text.chars().filter(c -> c == '\n').count();
      int start = text.lastIndexOf('\n') + 1;
      return new TextPlace(lines + 1, text.codePointCount(start, text.length()) + 1);
    }
  }
}
