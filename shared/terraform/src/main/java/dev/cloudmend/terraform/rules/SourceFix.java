package dev.cloudmend.terraform.rules;

import dev.cloudmend.terraform.hcl.HclFile;
import dev.cloudmend.terraform.project.Project;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Mends violations in source, and holds itself to what it says: after its edits every file can be
 * read, {@code terraform fmt} leaves those alone that it left alone before, what it mended is gone,
 * and nothing is violated that was not before. What cannot be mended so is left as it was, with the
 * reason. A file that was not as {@code terraform fmt} prints it is not held to its layout.
 */
public final class SourceFix {

  /** One edit may make room for the next: of two in one place, the second comes a pass later. */
  private static final int MOST_PASSES = 20;

  private final Scan scan;

  public SourceFix(Scan scan) {
    this.scan = scan;
  }

  /**
   * What came of it.
   *
   * @param changed the files that are other than before, by path
   * @param fixed the violations that are gone
   * @param left those that are not, and why
   */
  public record Result(Map<String, HclFile> changed, List<Fixed> fixed, List<Left> left) {}

  /**
   * A violation that was mended.
   *
   * @param remedy its own edit; empty where the edit of another one mended it too
   */
  public record Fixed(Violation violation, Optional<Remedy.Edit> remedy) {}

  /** A violation that was left, and why. */
  public record Left(Violation violation, String reason) {}

  /**
   * Mends what it can.
   *
   * @param wanted which violations
   * @param breakingToo whether edits that may cut traffic or replace a resource are agreed to
   */
  public Result fix(Project project, Predicate<Violation> wanted, boolean breakingToo) {
    List<Violation> before = scan.of(project);
    Map<Key, Long> known = count(before);
    var refused = new LinkedHashMap<Key, String>();
    for (Violation violation : before) {
      refusal(violation, breakingToo).ifPresent(why -> refused.put(Key.of(violation), why));
    }
    while (true) {
      var run = new Run(project, before);
      run.mend(
          v -> wanted.test(v) && known.containsKey(Key.of(v)) && !refused.containsKey(Key.of(v)));
      Map<Key, String> broken = run.broken(known);
      if (broken.isEmpty()) {
        return result(before.stream().filter(wanted).toList(), run, refused);
      }
      refused.putAll(broken);
    }
  }

  private static Optional<String> refusal(Violation violation, boolean breakingToo) {
    return switch (violation.remedy()) {
      case Remedy.None none -> Optional.of(none.reason());
      case Remedy.Edit edit when violation.rule().safety() == Safety.BREAKING && !breakingToo ->
          Optional.of("its edit may cut traffic or replace the resource: it needs a yes");
      case Remedy.Edit edit -> Optional.empty();
    };
  }

  private static Result result(List<Violation> wanted, Run run, Map<Key, String> refused) {
    var fixed = new ArrayList<Fixed>();
    var left = new ArrayList<Left>();
    var there = new HashMap<>(run.remaining());
    Map<Key, Deque<Remedy.Edit>> made = run.made();
    for (Violation violation : wanted.reversed()) {
      Key key = Key.of(violation);
      long still = there.getOrDefault(key, 0L);
      if (still > 0) {
        there.put(key, still - 1);
        left.addFirst(
            new Left(
                violation,
                refused.getOrDefault(key, "another edit of this run stands in its way")));
      } else {
        fixed.addFirst(
            new Fixed(
                violation, Optional.ofNullable(made.getOrDefault(key, new ArrayDeque<>()).poll())));
      }
    }
    return new Result(run.changed(), fixed, left);
  }

  private static Map<Key, Long> count(List<Violation> violations) {
    return violations.stream()
        .collect(Collectors.groupingBy(Key::of, LinkedHashMap::new, Collectors.counting()));
  }

  /** One attempt at all that is wanted. */
  private final class Run {

    private final Map<Key, Deque<Remedy.Edit>> made = new HashMap<>();
    private final Set<String> touched = new LinkedHashSet<>();
    private final Map<Key, String> failed = new LinkedHashMap<>();
    private Project project;
    private List<Violation> violations;

    Run(Project project, List<Violation> violations) {
      this.project = project;
      this.violations = violations;
    }

    void mend(Predicate<Violation> wanted) {
      for (int pass = 0; pass < MOST_PASSES; pass++) {
        var batch = new Batch();
        violations.stream()
            .filter(wanted)
            .filter(violation -> !failed.containsKey(Key.of(violation)))
            .forEach(batch::take);
        Map<String, HclFile> files = batch.apply();
        failed.putAll(batch.failed());
        if (files.isEmpty()) {
          return;
        }
        touched.addAll(files.keySet());
        batch
            .taken()
            .forEach(
                (key, edits) -> made.computeIfAbsent(key, k -> new ArrayDeque<>()).addAll(edits));
        project = project.with(files.values());
        violations = scan.of(project);
      }
    }

    /** What the edits did not mend, or made worse, and why. */
    Map<Key, String> broken(Map<Key, Long> known) {
      var broken = new LinkedHashMap<>(failed);
      remaining()
          .forEach(
              (key, count) -> {
                long before = known.getOrDefault(key, 0L);
                int mended = made.getOrDefault(key, new ArrayDeque<>()).size();
                if (mended > 0 && count > before - mended) {
                  broken.put(key, "the edit would not mend it");
                } else if (count > before) {
                  made.keySet().stream()
                      .filter(k -> k.module().equals(key.module()))
                      .forEach(k -> broken.put(k, worse(key)));
                }
              });
      return broken;
    }

    private static String worse(Key key) {
      return "the edit would violate " + key.rule() + " at " + key.address();
    }

    Map<Key, Long> remaining() {
      return count(violations);
    }

    Map<Key, Deque<Remedy.Edit>> made() {
      return made;
    }

    Map<String, HclFile> changed() {
      var files = new LinkedHashMap<String, HclFile>();
      project.modules().stream()
          .flatMap(module -> module.allFiles().stream())
          .filter(file -> touched.contains(file.path()))
          .forEach(file -> files.put(file.path(), file));
      return files;
    }
  }
}
