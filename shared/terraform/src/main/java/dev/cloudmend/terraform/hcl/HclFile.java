package dev.cloudmend.terraform.hcl;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A Terraform file ({@code .tf}, {@code .tfvars}) as it was written, and where its parts lie. It
 * does not change: an edit gives a new file.
 */
public final class HclFile {

  /** The largest file that is read, in bytes. */
  public static final int LARGEST = 16 * 1024 * 1024;

  private final String path;
  private final String text;
  private final Body body;
  private final List<Comment> comments;
  private final Marks marks;
  private final Lines lines;

  private HclFile(Scanner in, Body body) {
    this.path = in.path;
    this.text = in.text;
    this.body = body;
    this.comments = List.copyOf(in.comments);
    this.marks = in.marks;
    this.lines = new Lines(in.text);
  }

  /**
   * Reads a file.
   *
   * @param path names it in errors; it is not opened
   * @throws HclException if it is not UTF-8, larger than {@link #LARGEST}, holds a NUL or the
   *     markers of an unfinished merge, nests deeper than 100 levels, or is not HCL
   */
  public static HclFile parse(String path, byte[] content) {
    if (content.length > LARGEST) {
      throw new HclException(
          path, new Position(1, 1), "a file of " + content.length + " bytes", "at most " + LARGEST);
    }
    return parse(path, decoded(path, content));
  }

  static HclFile parse(String path, String text) {
    Scanner in = new Scanner(path, text);
    refuse(in, text.indexOf('\0'), "a NUL character", "text");
    refuse(in, lineWith(text, "<<<<<<<"), "the marker of an unfinished merge", "a merged file");
    refuse(in, lineWith(text, ">>>>>>>"), "the marker of an unfinished merge", "a merged file");
    return new HclFile(in, new BodyParser(in).file());
  }

  private static String decoded(String path, byte[] content) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer from = ByteBuffer.wrap(content);
    CharBuffer to = CharBuffer.allocate(content.length);
    CoderResult result = decoder.decode(from, to, true);
    String text = to.flip().toString();
    if (result.isError()) {
      throw new HclException(
          path, new Lines(text).position(text.length()), "bytes that are not UTF-8", "UTF-8");
    }
    return text;
  }

  private static int lineWith(String text, String marker) {
    int at = text.startsWith(marker) ? 0 : text.indexOf("\n" + marker);
    return at > 0 ? at + 1 : at;
  }

  private static void refuse(Scanner in, int offset, String what, String expected) {
    if (offset >= 0) {
      throw in.refusal(offset, what, expected);
    }
  }

  /** The path, as it was given. */
  public String path() {
    return path;
  }

  /** The whole text, with a byte order mark if the file has one. */
  public String text() {
    return text;
  }

  /** The file's bytes. */
  public byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** What it holds at its top level. */
  public Body body() {
    return body;
  }

  /** Its comments, in the order of the source. */
  public List<Comment> comments() {
    return comments;
  }

  /** {@link Body#blocks(String, String...)} of the top level. */
  public List<Block> blocks(String type, String... labels) {
    return body.blocks(type, labels);
  }

  /** The text of a span. */
  public String text(Span span) {
    return text.substring(span.start(), span.end());
  }

  /** The line and column of an offset. */
  public Position position(int offset) {
    return lines.position(offset);
  }

  /** The line end that the file uses first, a line feed if it has one line only. */
  public String lineEnd() {
    int first = text.indexOf('\n');
    return first > 0 && text.charAt(first - 1) == '\r' ? "\r\n" : "\n";
  }

  /** Begins a set of edits. */
  public Edits edit() {
    return new Edits(this);
  }

  Lines lines() {
    return lines;
  }

  Marks marks() {
    return marks;
  }
}
