package dev.cloudmend.local.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.cloudmend.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * One JSON document on standard output that is written while it comes: a list, whose elements
 * nobody keeps, and what is known at the end. It begins with the first element, so a command that
 * fails before can still write another one.
 */
final class JsonDocument {

  private static final ObjectWriter WRITER = Json.mapper().writerWithDefaultPrettyPrinter();

  private final Console console;
  private final String list;
  private final JsonGenerator generator;

  /**
   * Makes a document.
   *
   * @param list the member that holds the list
   */
  JsonDocument(Console console, String list) {
    this.console = console;
    this.list = list;
    try {
      this.generator = Json.mapper().createGenerator(console.out());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    generator.setPrettyPrinter(new DefaultPrettyPrinter());
    generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
  }

  boolean hasBegun() {
    return !generator.getOutputContext().inRoot();
  }

  void add(Object element) {
    try {
      begin();
      WRITER.writeValue(generator, element);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the list, and adds members after it. */
  void end(Map<String, ?> members) {
    try {
      begin();
      generator.writeEndArray();
      for (var member : members.entrySet()) {
        generator.writeFieldName(member.getKey());
        WRITER.writeValue(generator, member.getValue());
      }
      generator.writeEndObject();
      generator.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    console.line();
  }

  private void begin() throws IOException {
    if (!hasBegun()) {
      generator.writeStartObject();
      generator.writeFieldName(list);
      generator.writeStartArray();
    }
  }
}
