package dev.cloudmend.states.definition;

/**
 * The patterns of StringMatches: {@code *} is any text, a backslash takes the next character as it
 * is. No regular expression, so no pattern takes longer than pattern times text.
 */
final class Wildcards {

  private Wildcards() {}

  static boolean match(String pattern, String text) {
    int p = 0;
    int t = 0;
    int starAt = -1;
    int resumeAt = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        starAt = p++;
        resumeAt = t;
      } else if (p < pattern.length() && literal(pattern, p) == text.charAt(t)) {
        p += width(pattern, p);
        t++;
      } else if (starAt >= 0) {
        p = starAt + 1;
        t = ++resumeAt;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  private static char literal(String pattern, int at) {
    return pattern.charAt(at + width(pattern, at) - 1);
  }

  private static int width(String pattern, int at) {
    return pattern.charAt(at) == '\\' && at + 1 < pattern.length() ? 2 : 1;
  }
}
