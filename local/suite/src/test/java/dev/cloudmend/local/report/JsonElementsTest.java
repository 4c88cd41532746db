package dev.cloudmend.local.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.model.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonElementsTest {

  /** What was read, in the order in which it came. */
  private static final class Seen implements JsonElements.Sink {
    private final List<String> elements = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();

    @Override
    public void element(String pointer, int line, JsonNode node) {
      elements.add(pointer + " line " + line + " " + node);
    }

    @Override
    public void broken(String pointer, int line, String message, @Nullable String expected) {
      broken.add(pointer + " line " + line + " " + message);
    }
  }

  @Test
  void elementsOfAnArrayComeWithPointerAndLine() {
    Seen seen = read("[\n  {\"a\":1},\n  3, {\"b\":\n  2}\n]\n");

    assertThat(seen.elements)
        .containsExactly("/0 line 2 {\"a\":1}", "/1 line 3 3", "/2 line 3 {\"b\":2}");
    assertThat(seen.broken).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":\n 1}", "{\"a\":1}", "{\"a\":1}\n", " \n{\"a\":1}"})
  void oneDocumentIsOneElement(String text) {
    assertThat(read(text).elements).singleElement().asString().endsWith("{\"a\":1}");
  }

  @Test
  void aBrokenLineIsNamedAndTheOthersAreRead() {
    Seen seen = read("{\"a\":1}\n\n{\"a\":\n{\"a\":3}\r\n{\"a\":4}");

    assertThat(seen.elements)
        .containsExactly(" line 1 {\"a\":1}", " line 4 {\"a\":3}", " line 5 {\"a\":4}");
    assertThat(seen.broken).singleElement().asString().startsWith(" line 3 is not JSON");
  }

  @Test
  void alsoTheFirstLineMayBeBroken() {
    Seen seen = read("{\"a\":\n{\"a\":2}\n");

    assertThat(seen.elements).containsExactly(" line 2 {\"a\":2}");
    assertThat(seen.broken).singleElement().asString().startsWith(" line 1 is not JSON");
  }

  @Test
  void indentedDocumentsMayFollowEachOther() {
    assertThat(read("{\n\"a\":1\n}\n{\n\"a\":2\n}").elements)
        .containsExactly(" line 1 {\"a\":1}", " line 4 {\"a\":2}");
  }

  @Test
  void whatIsPackedIsUnpacked() throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write("[{\"a\":1},{\"a\":2}]".getBytes(UTF_8));
    }

    assertThat(read(packed.toByteArray()).elements).hasSize(2);

    Seen cut = read(Arrays.copyOf(packed.toByteArray(), packed.size() - 12));
    assertThat(cut.broken).hasSize(1);
  }

  @Test
  void aTruncatedArrayGivesWhatWasWholeAndThePlaceOfItsEnd() {
    Seen seen = read("[{\"a\":1},\n{\"a\":2},\n{\"a\":\"thr");

    assertThat(seen.elements).containsExactly("/0 line 1 {\"a\":1}", "/1 line 2 {\"a\":2}");
    assertThat(seen.broken)
        .singleElement()
        .asString()
        .startsWith("/2 line 3 ends too early at line 3, column 10");
  }

  @Test
  void everyTruncationOfAReportGivesItsWholeElementsAndOneFault() {
    byte[] report =
        ("[" + Reports.failed("a", "b") + ",\n" + Reports.muted() + "]").getBytes(UTF_8);
    int second = Reports.failed("a", "b").toString().length() + 3;

    for (int length = 0; length < report.length; length++) {
      Seen seen = read(Arrays.copyOf(report, length));
      assertThat(seen.broken).as("cut at %d", length).hasSize(1);
      assertThat(seen.elements)
          .as("cut at %d", length)
          .hasSize(length == report.length - 1 ? 2 : length >= second - 2 ? 1 : 0);
    }
    assertThat(read(report).broken).isEmpty();
    assertThat(read(report).elements).hasSize(2);
  }

  @Test
  void anElementBeyondTheLimitIsRefusedAndTheNextIsRead() {
    Seen seen =
        read(
            new Repeated(
                "[{\"big\":{\"list\":[",
                "\"" + "x".repeat(1_000) + "\",",
                2 * JsonElements.LARGEST,
                "1]},\"more\":[1]},{\"a\":1}]"));

    assertThat(seen.broken).singleElement().asString().startsWith("/0 line 1 has more than");
    assertThat(seen.elements).containsExactly("/1 line 1 {\"a\":1}");
  }

  @Test
  void aLineBeyondTheLimitIsRefusedAndTheNextIsRead() {
    Seen seen =
        read(
            new Repeated(
                "{\"a\":1}\n{\"b\":\"",
                "x".repeat(1_000),
                2 * JsonElements.LARGEST,
                "\"}\n{\"c\":1}"));

    assertThat(seen.broken).singleElement().asString().startsWith(" line 2 has ");
    assertThat(seen.elements).containsExactly(" line 1 {\"a\":1}", " line 3 {\"c\":1}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n", "[]", "[ ]"})
  void nothingIsBroken(String text) {
    Seen seen = read(text);

    assertThat(seen.elements).isEmpty();
    assertThat(seen.broken).hasSize(1);
  }

  @Test
  void depthWithoutEndIsRefused() {
    assertThat(read("[".repeat(100_000)).broken).singleElement().asString().contains("depth");
  }

  @Test
  void aWholeReportIsReadAsItStands() {
    JsonNode finding = Reports.failed("check", "bucket");

    assertThat(read(Json.pretty(List.of(finding))).elements)
        .containsExactly("/0 line 1 " + finding);
  }

  private static Seen read(String text) {
    return read(text.getBytes(UTF_8));
  }

  private static Seen read(byte[] bytes) {
    return read(new ByteArrayInputStream(bytes));
  }

  private static Seen read(InputStream in) {
    var seen = new Seen();
    new JsonElements(seen).read(in);
    return seen;
  }

  /** A start, a part again and again until there are so many bytes, and an end. */
  static final class Repeated extends InputStream {
    private final byte[] start;
    private final byte[] part;
    private final byte[] end;
    private final long bytes;
    private byte[] now;
    private int at;
    private long given;
    private boolean isLast;

    Repeated(String start, String part, long bytes, String end) {
      this.start = start.getBytes(UTF_8);
      this.part = part.getBytes(UTF_8);
      this.end = end.getBytes(UTF_8);
      this.bytes = bytes;
      this.now = this.start;
    }

    @Override
    public int read(byte[] into, int from, int length) {
      int one = read();
      if (one < 0) {
        return -1;
      }
      into[from] = (byte) one;
      int more = Math.min(length - 1, now.length - at);
      System.arraycopy(now, at, into, from + 1, more);
      at += more;
      given += more;
      return 1 + more;
    }

    @Override
    public int read() {
      while (at == now.length) {
        if (isLast) {
          return -1;
        }
        isLast = given >= bytes;
        now = isLast ? end : part;
        at = 0;
      }
      given++;
      return now[at++];
    }
  }
}
