package dev.cloudmend.terraform.hcl;

import java.text.BreakIterator;
import java.util.Locale;

/**
 * How wide {@code terraform fmt} takes a text for: its user-perceived characters, however wide they
 * are shown. CR LF is one.
 *
 * <p>Source: Unicode Standard Annex #29 as of Unicode 15.0
 * (https://www.unicode.org/reports/tr29/tr29-41.html), which is what Terraform 1.11 counts by. Java
 * 22 and later follow 15.1, whose rule GB9c makes one character of an Indic conjunct; here it stays
 * several, whatever Java runs.
 */
final class Columns {

  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private Columns() {}

  static int of(String text) {
    if (isPlain(text)) {
      return text.length();
    }
    BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
    characters.setText(text);
    int count = 0;
    int start = 0;
    for (int end = characters.next(); end != BreakIterator.DONE; end = characters.next()) {
      count += 1 + conjuncts(text, start, end);
      start = end;
    }
    return count;
  }

  private static boolean isPlain(String text) {
    for (int at = 0; at < text.length(); at++) {
      if (text.charAt(at) >= 128 || text.charAt(at) == '\r') {
        return false;
      }
    }
    return true;
  }

  /** Letters that follow a mark within what the iterator takes for one character. */
  private static int conjuncts(String text, int start, int end) {
    int count = 0;
    int before = text.codePointAt(start);
    for (int at = start + Character.charCount(before); at < end; ) {
      int c = text.codePointAt(at);
      if (Character.getType(c) == Character.OTHER_LETTER && joins(before)) {
        count++;
      }
      before = c;
      at += Character.charCount(c);
    }
    return count;
  }

  private static boolean joins(int c) {
    int type = Character.getType(c);
    return c == ZERO_WIDTH_JOINER
        || type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK;
  }
}
