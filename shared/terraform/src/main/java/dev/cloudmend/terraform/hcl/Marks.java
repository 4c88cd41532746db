package dev.cloudmend.terraform.hcl;

import java.util.Arrays;

/**
 * The tokens that decide how {@code terraform fmt} lays lines out, in the order of the source. The
 * parser sees some of them twice when it looks ahead; the second time they are not taken again.
 */
final class Marks {

  enum Kind {
    EQUALS,
    OPEN,
    CLOSE,
    COMMENT,
    NEWLINE
  }

  private int[] offsets = new int[64];
  private Kind[] kinds = new Kind[64];
  private int size;

  void add(Kind kind, int offset) {
    if (size > 0 && offset <= offsets[size - 1]) {
      return;
    }
    if (size == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * size);
      kinds = Arrays.copyOf(kinds, 2 * size);
    }
    offsets[size] = offset;
    kinds[size++] = kind;
  }

  int size() {
    return size;
  }

  Kind kind(int index) {
    return kinds[index];
  }

  int offset(int index) {
    return offsets[index];
  }
}
