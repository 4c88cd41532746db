package dev.cloudmend.claude.redaction;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A part of a text that must not be sent.
 *
 * @param start where it begins
 * @param end where it ends, exclusive
 * @param kind what it is
 * @param guess whether only its randomness tells so, not its form or place
 */
record Span(int start, int end, Kind kind, boolean guess) {

  Span(int start, int end, Kind kind) {
    this(start, end, kind, false);
  }

  String of(String text) {
    return text.substring(start, end);
  }

  /**
   * The spans as they are replaced, in order: what overlaps becomes one, so that no part of any is
   * left. A digit right after a span belongs to it, or it would be read as a part of the
   * placeholder's number.
   */
  static List<Span> merged(String text, List<Span> spans) {
    List<Span> sorted =
        withoutNamedGuesses(spans).stream()
            .map(s -> s.withDigitsAfter(text))
            .sorted(Comparator.comparingInt(Span::start).thenComparingInt(s -> -s.end))
            .toList();
    var merged = new ArrayList<Span>();
    for (Span span : sorted) {
      if (merged.isEmpty() || span.start >= merged.getLast().end) {
        merged.add(span);
      } else {
        merged.add(merged.removeLast().union(span));
      }
    }
    return merged;
  }

  /** The spans without the guesses that stand in what is known to be a name. */
  static List<Span> withoutNamedGuesses(List<Span> spans) {
    return spans.stream().filter(s -> !s.guess || spans.stream().noneMatch(s::isNamedBy)).toList();
  }

  private boolean isNamedBy(Span other) {
    return !other.guess && other.kind != Kind.SECRET && other.start <= start && other.end >= end;
  }

  private Span withDigitsAfter(String text) {
    int to = end;
    while (to < text.length() && text.charAt(to) >= '0' && text.charAt(to) <= '9') {
      to++;
    }
    return to == end ? this : new Span(start, to, kind, guess);
  }

  private Span union(Span other) {
    return new Span(start, Math.max(end, other.end), kindWith(other));
  }

  private Kind kindWith(Span other) {
    if (!kind.restored() || !other.kind.restored()) {
      return kind == Kind.SECRET || other.kind == Kind.SECRET ? Kind.SECRET : Kind.ACCESS_KEY;
    }
    return other.end - other.start > end - start ? other.kind : kind;
  }
}
