package dev.cloudmend.configuration;

import dev.cloudmend.configuration.policy.PolicyFields;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The fields of the policy's document that somebody may have meant. */
final class NearestFields {

  private static final int FARTHEST = 3;
  private static final int MOST = 3;
  private static final int LONGEST = 80;

  private NearestFields() {}

  /** Fields that are spelled much alike, or else those beside where the path leads. */
  static String of(String path) {
    Set<String> known = PolicyFields.all().keySet();
    if (path.length() <= LONGEST) {
      List<String> alike =
          known.stream()
              .filter(field -> distance(field, path) <= FARTHEST)
              .sorted(Comparator.comparingInt(field -> distance(field, path)))
              .limit(MOST)
              .toList();
      if (!alike.isEmpty()) {
        return String.join(" or ", alike);
      }
    }
    String parent = path;
    while (true) {
      var members = new LinkedHashSet<String>();
      String prefix = parent.isEmpty() ? "" : parent + ".";
      for (String field : known) {
        if (field.startsWith(prefix)) {
          int end = field.indexOf('.', prefix.length());
          members.add(end < 0 ? field : field.substring(0, end));
        }
      }
      if (!members.isEmpty()) {
        return "one of " + String.join(", ", members);
      }
      parent = parent.contains(".") ? parent.substring(0, parent.lastIndexOf('.')) : "";
    }
  }

  /** Levenshtein's distance. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
