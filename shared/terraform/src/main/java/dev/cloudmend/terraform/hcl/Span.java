package dev.cloudmend.terraform.hcl;

/**
 * A stretch of a file's text.
 *
 * @param start the index of its first char (UTF-16, from 0)
 * @param end the index after its last char
 */
public record Span(int start, int end) {

  /** Refuses a negative start and an end before the start. */
  public Span {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("not a span: " + start + " to " + end);
    }
  }

  /** Its number of chars. */
  public int length() {
    return end - start;
  }

  /** Whether the other lies wholly in this one. */
  public boolean contains(Span other) {
    return start <= other.start && other.end <= end;
  }
}
