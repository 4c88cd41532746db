package dev.cloudmend.terraform.hcl;

import java.util.Arrays;

/** Where the lines of a text begin. */
final class Lines {

  static final char BYTE_ORDER_MARK = '\uFEFF';

  private final String text;
  private final int[] starts;

  Lines(String text) {
    this.text = text;
    int[] found = new int[64];
    int size = 1;
    found[0] = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
    for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      if (size == found.length) {
        found = Arrays.copyOf(found, 2 * size);
      }
      found[size++] = at + 1;
    }
    starts = Arrays.copyOf(found, size);
  }

  Position position(int offset) {
    int line = index(offset);
    return new Position(
        line + 1, text.codePointCount(starts[line], Math.max(starts[line], offset)) + 1);
  }

  /** The start of the line that an offset lies on. */
  int start(int offset) {
    return starts[index(offset)];
  }

  /** The start of the next line, or the text's end. */
  int next(int offset) {
    int following = index(offset) + 1;
    return following < starts.length ? starts[following] : text.length();
  }

  private int index(int offset) {
    int found = Arrays.binarySearch(starts, offset);
    return found >= 0 ? found : Math.max(0, -found - 2);
  }
}
