package dev.cloudmend.terraform.hcl;

import dev.cloudmend.terraform.hcl.Alignment.Run;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Puts edits into the text, reads the result, and lines up again what was lined up before. */
final class Application {

  private static final Comparator<Edit> BY_PLACE =
      Comparator.comparingInt((Edit edit) -> edit.span().start())
          .thenComparingInt(edit -> edit.span().end());

  private final HclFile file;
  private final List<Edit> edits;

  Application(HclFile file, List<Edit> edits) {
    this.file = file;
    this.edits = edits.stream().sorted(BY_PLACE).toList();
  }

  HclFile result() {
    List<Span> places = new ArrayList<>();
    HclFile after = HclFile.parse(file.path(), replaced(file, edits, places));
    List<Edit> paddings = paddings(after, places);
    return paddings.isEmpty()
        ? after
        : HclFile.parse(file.path(), replaced(after, paddings, new ArrayList<>()));
  }

  /** The text with the edits made; {@code places} takes where each of them lies in it. */
  private static String replaced(HclFile file, List<Edit> edits, List<Span> places) {
    StringBuilder text = new StringBuilder(file.text().length() + 256);
    int at = 0;
    for (Edit edit : edits) {
      if (edit.span().start() < at) {
        throw new HclException(
            file.path(),
            file.position(edit.span().start()),
            "two edits of the same place",
            "edits that do not overlap");
      }
      text.append(file.text(), at, edit.span().start());
      int start = text.length();
      text.append(edit.replacement());
      places.add(new Span(start, text.length()));
      at = edit.span().end();
    }
    return text.append(file.text(), at, file.text().length()).toString();
  }

  private List<Edit> paddings(HclFile after, List<Span> places) {
    Alignment old = new Alignment(file);
    Alignment now = new Alignment(after);
    Set<Run> touched = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int i = 0; i < places.size(); i++) {
      List<Run> before = old.runs(lines(file, edits.get(i).span()));
      if (before.stream().allMatch(run -> run.paddings().isEmpty())) {
        touched.addAll(now.runs(lines(after, places.get(i))));
      }
    }
    return touched.stream().flatMap(run -> run.paddings().stream()).sorted(BY_PLACE).toList();
  }

  /** The whole lines of a span, with the line before and the line after. */
  private static Span lines(HclFile file, Span span) {
    int first = file.lines().start(span.start());
    int start = first > 0 ? file.lines().start(first - 1) : first;
    return new Span(Math.min(start, first), file.lines().next(file.lines().next(span.end())));
  }
}
