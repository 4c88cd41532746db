package dev.cloudmend.local.report;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.cloudmend.model.Json;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON one element at a time, so that a file may be larger than memory: the elements of an
 * array, documents one after another, or one document a line; packed by gzip or not.
 *
 * <p>In a file of one document a line a broken line does not stop the reading. Elsewhere nobody can
 * tell where the next element begins, so what stands before the broken place is read and no more.
 */
public final class JsonElements {

  /** The most bytes of one element; an event may have far less, an indented one has more. */
  public static final int LARGEST = 16 * 1024 * 1024;

  /** How far is looked to tell whether the lines are documents. */
  private static final int LOOK_AHEAD = 1024 * 1024;

  private static final int GZIP = 0x1f8b;
  private static final int BUFFER = 64 * 1024;
  private static final String TOO_LARGE = "at most " + LARGEST + " bytes";
  private static final String CUT_OFF = "Unexpected end-of-input";
  private static final String JSON = "an event, an array of events or findings, or one a line";

  /** A mapper's own reader looks for the document's end after each element. */
  private static final ObjectReader READER =
      Json.mapper().reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final Sink sink;

  /** Takes what is read, as it is read. */
  public interface Sink {

    /**
     * Takes an element.
     *
     * @param pointer the JSON pointer to it in its document
     * @param line the line where it begins, from 1
     */
    void element(String pointer, int line, JsonNode node);

    /**
     * Takes word of what cannot be read.
     *
     * @param pointer the JSON pointer to the element in its document
     * @param line the line where it begins, from 1
     */
    void broken(String pointer, int line, String message, @Nullable String expected);
  }

  public JsonElements(Sink sink) {
    this.sink = sink;
  }

  /** Reads to the end, or to the first place after which nothing can be told any more. */
  public void read(InputStream file) {
    try {
      var buffered = new BufferedInputStream(file, BUFFER);
      var in = isGzip(buffered) ? new BufferedInputStream(gzip(buffered), BUFFER) : buffered;
      if (JsonLines.are(in, LOOK_AHEAD)) {
        JsonLines.read(in, sink);
      } else {
        documents(new CountedStream(in));
      }
    } catch (IOException e) {
      sink.broken("", 1, "cannot be read: " + e, "a file of UTF-8, packed by gzip or not");
    }
  }

  private static InputStream gzip(InputStream in) throws IOException {
    return new GZIPInputStream(in, BUFFER);
  }

  private static boolean isGzip(InputStream in) throws IOException {
    in.mark(2);
    int magic = in.read() << 8 | in.read();
    in.reset();
    return magic == GZIP;
  }

  private void documents(CountedStream in) throws IOException {
    var place = new Place();
    try (JsonParser parser = READER.createParser(in)) {
      if (parser.nextToken() == null) {
        sink.broken("", 1, "is empty", JSON);
      }
      while (parser.currentToken() != null) {
        if (parser.currentToken() == JsonToken.START_ARRAY) {
          array(parser, in, place);
        } else {
          element(parser, in, place.at("", line(parser)));
        }
        parser.nextToken();
      }
    } catch (JsonProcessingException e) {
      sink.broken(place.pointer, place.line, broken(e), JSON);
    } catch (IOException e) {
      sink.broken(place.pointer, place.line, "cannot be read further: " + e, null);
    }
  }

  private void array(JsonParser parser, CountedStream in, Place place) throws IOException {
    place.at("", line(parser));
    long index = 0;
    while (next(parser, place.at("/" + index, line(parser))) != JsonToken.END_ARRAY) {
      element(parser, in, place.at("/" + index, line(parser)));
      index++;
    }
    if (index == 0) {
      sink.broken("", line(parser), "has no events", "at least one event");
    }
  }

  private static @Nullable JsonToken next(JsonParser parser, Place place) throws IOException {
    JsonToken token = parser.nextToken();
    place.line = line(parser);
    return token;
  }

  private void element(JsonParser parser, CountedStream in, Place place) throws IOException {
    // The stream is ahead of the parser by a buffer at most.
    var bounded = new BoundedParser(parser, in, in.count() + LARGEST);
    JsonNode node;
    try {
      node = READER.readTree(bounded);
    } catch (BoundedParser.TooLargeException e) {
      sink.broken(place.pointer, place.line, "has more than " + LARGEST + " bytes", TOO_LARGE);
      bounded.skipRest();
      return;
    }
    sink.element(place.pointer, place.line, node);
  }

  private static int line(JsonParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }

  /** What is not JSON, and where: the place of the fault, which may be far from the element's. */
  static String broken(JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    String where =
        at == null
            ? ""
            : " at line %d, column %d (byte %d)"
                .formatted(at.getLineNr(), at.getColumnNr(), at.getByteOffset());
    String message = e.getOriginalMessage();
    // The parser has no type of its own for all the places at which a document may end.
    return message.startsWith(CUT_OFF)
        ? "ends too early" + where + ": " + message
        : "is not JSON" + where + ": " + message;
  }

  /** Where the reading is. */
  private static final class Place {
    private String pointer = "";
    private int line = 1;

    Place at(String nowPointer, int nowLine) {
      pointer = nowPointer;
      line = nowLine;
      return this;
    }
  }
}
