package dev.cloudmend.sourcefixes;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.List;

/** What an edit changes, as {@code diff -u} shows it. */
public final class UnifiedDiff {

  private static final int CONTEXT = 3;

  private UnifiedDiff() {}

  /** The lines of one file's part; empty where nothing changes. */
  public static List<String> of(String path, String before, String after) {
    List<String> old = before.lines().toList();
    return UnifiedDiffUtils.generateUnifiedDiff(
        "a/" + path, "b/" + path, old, DiffUtils.diff(old, after.lines().toList()), CONTEXT);
  }
}
