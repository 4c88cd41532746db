package dev.cloudmend.local.report;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads one element that may not be larger than memory allows. */
final class BoundedParser extends JsonParserDelegate {

  private final CountedStream in;
  private final long end;
  private int depth;

  /** The element has not ended where it should have by now. */
  static final class TooLargeException extends IOException {}

  /**
   * Begins at the parser's current token.
   *
   * @param end the count of the stream that may not be passed
   */
  BoundedParser(JsonParser parser, CountedStream in, long end) {
    super(parser);
    this.in = in;
    this.end = end;
    this.depth = isStart(parser.currentToken()) ? 1 : 0;
  }

  @Override
  public @Nullable JsonToken nextToken() throws IOException {
    JsonToken token = step();
    if (in.count() > end) {
      throw new TooLargeException();
    }
    return token;
  }

  /** Goes to the element's last token. */
  void skipRest() throws IOException {
    while (depth > 0 && step() != null) {
      // Each step is all that is to be done.
    }
  }

  private @Nullable JsonToken step() throws IOException {
    JsonToken token = delegate.nextToken();
    if (isStart(token)) {
      depth++;
    } else if (token != null && token.isStructEnd()) {
      depth--;
    }
    return token;
  }

  private static boolean isStart(@Nullable JsonToken token) {
    return token != null && token.isStructStart();
  }
}
