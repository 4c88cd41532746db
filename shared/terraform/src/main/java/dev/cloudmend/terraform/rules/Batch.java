package dev.cloudmend.terraform.rules;

import dev.cloudmend.terraform.hcl.Edit;
import dev.cloudmend.terraform.hcl.Edits;
import dev.cloudmend.terraform.hcl.Format;
import dev.cloudmend.terraform.hcl.HclException;
import dev.cloudmend.terraform.hcl.HclFile;
import dev.cloudmend.terraform.hcl.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Edits of one pass that do not touch each other. */
final class Batch {

  private final Map<String, List<Span>> spans = new HashMap<>();
  private final Map<Key, List<Remedy.Edit>> taken = new LinkedHashMap<>();
  private final Map<Key, String> failed = new LinkedHashMap<>();

  /** The edits that were taken and did not fail. */
  Map<Key, List<Remedy.Edit>> taken() {
    return taken;
  }

  /** What cannot be made, and why. */
  Map<Key, String> failed() {
    return failed;
  }

  /** Takes a violation's edits, unless one of them is where another one is already. */
  void take(Violation violation) {
    if (!(violation.remedy() instanceof Remedy.Edit remedy)) {
      return;
    }
    try {
      Map<HclFile, Edits> own = edits(List.of(remedy));
      if (own.values().stream().allMatch(Edits::isEmpty)) {
        failed.put(Key.of(violation), "the edit would change nothing");
      } else if (own.entrySet().stream().noneMatch(e -> touches(e.getKey(), e.getValue()))) {
        own.forEach(
            (file, one) ->
                one.list()
                    .forEach(
                        e ->
                            spans
                                .computeIfAbsent(file.path(), p -> new ArrayList<>())
                                .add(e.span())));
        taken.computeIfAbsent(Key.of(violation), k -> new ArrayList<>()).add(remedy);
      }
    } catch (HclException e) {
      failed.put(Key.of(violation), String.valueOf(e.getMessage()));
    }
  }

  /**
   * The files after the edits, by path. An edit that does not lead to a readable file is left out,
   * and so is one after which {@code terraform fmt} would change a file that it would not have
   * changed before.
   */
  Map<String, HclFile> apply() {
    Map<HclFile, HclFile> files = readable();
    Set<HclFile> disordered = disordered(files);
    while (!disordered.isEmpty()) {
      leaveOut(disordered);
      files = applied(taken.values());
      disordered = disordered(files);
    }
    var byPath = new LinkedHashMap<String, HclFile>();
    files.forEach((before, after) -> byPath.put(after.path(), after));
    return byPath;
  }

  private Map<HclFile, HclFile> readable() {
    try {
      return applied(taken.values());
    } catch (HclException e) {
      taken.entrySet().removeIf(entry -> isUnreadable(entry.getKey(), entry.getValue()));
      return applied(taken.values());
    }
  }

  private static Map<HclFile, HclFile> applied(Collection<List<Remedy.Edit>> remedies) {
    var files = new LinkedHashMap<HclFile, HclFile>();
    edits(remedies.stream().flatMap(List::stream).toList())
        .forEach((file, edit) -> files.put(file, edit.apply()));
    return files;
  }

  private boolean isUnreadable(Key key, List<Remedy.Edit> remedies) {
    try {
      applied(List.of(remedies));
      return false;
    } catch (HclException e) {
      failed.put(key, String.valueOf(e.getMessage()));
      return true;
    }
  }

  /** The files, as they were before, that were formatted and are not any more. */
  private static Set<HclFile> disordered(Map<HclFile, HclFile> files) {
    var disordered = new LinkedHashSet<HclFile>();
    files.forEach(
        (before, after) -> {
          if (!Format.isClean(after) && Format.isClean(before)) {
            disordered.add(before);
          }
        });
    return disordered;
  }

  /** Leaves out the edits that do it by themselves, or all of those files where none does. */
  private void leaveOut(Set<HclFile> disordered) {
    Map<Key, HclFile> alone = new LinkedHashMap<>();
    Map<Key, HclFile> together = new LinkedHashMap<>();
    taken.forEach(
        (key, remedies) -> {
          disordered(applied(List.of(remedies))).forEach(file -> alone.put(key, file));
          edits(remedies).keySet().stream()
              .filter(disordered::contains)
              .forEach(file -> together.put(key, file));
        });
    (alone.isEmpty() ? together : alone)
        .forEach(
            (key, file) -> {
              taken.remove(key);
              failed.put(key, "terraform fmt would change " + file.path() + " after the edit");
            });
  }

  private static Map<HclFile, Edits> edits(List<Remedy.Edit> remedies) {
    var edits = new LinkedHashMap<HclFile, Edits>();
    for (Remedy.Edit remedy : remedies) {
      for (Remedy.FileEdit edit : remedy.edits()) {
        edit.change().accept(edits.computeIfAbsent(edit.file(), HclFile::edit));
      }
    }
    return edits;
  }

  /** Two that only meet count too: both would add at the same place. */
  private boolean touches(HclFile file, Edits own) {
    List<Span> there = spans.getOrDefault(file.path(), List.of());
    return own.list().stream()
        .map(Edit::span)
        .anyMatch(
            span ->
                there.stream().anyMatch(t -> span.start() <= t.end() && t.start() <= span.end()));
  }
}
