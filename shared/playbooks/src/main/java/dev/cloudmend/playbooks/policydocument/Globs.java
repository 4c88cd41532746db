package dev.cloudmend.playbooks.policydocument;

import java.util.Arrays;
import java.util.List;

/** The wildcards of policies: {@code *} for any characters, {@code ?} for one. */
final class Globs {

  private static final String EVERYTHING = "*";
  private static final int ARN_PARTS = 6;

  private Globs() {}

  /**
   * Whether one pattern matches whatever the other matches. The other's wildcards are taken as
   * characters that only a wildcard matches, so yes is certain; no may be too careful where the
   * other has wildcards.
   */
  static boolean covers(String pattern, String other) {
    int at = 0;
    int in = 0;
    int star = -1;
    int resume = 0;
    while (in < other.length()) {
      char wanted = at < pattern.length() ? pattern.charAt(at) : '\0';
      char seen = other.charAt(in);
      if (at < pattern.length() && wanted == '*') {
        star = at++;
        resume = in;
      } else if (at < pattern.length()
          && seen != '*'
          && (wanted == '?' || (wanted == seen && seen != '?'))) {
        at++;
        in++;
      } else if (star >= 0) {
        at = star + 1;
        in = ++resume;
      } else {
        return false;
      }
    }
    while (at < pattern.length() && pattern.charAt(at) == '*') {
      at++;
    }
    return at == pattern.length();
  }

  /**
   * The same for the patterns of {@code Resource}. A wildcard ends with its part of the ARN, and a
   * policy variable stands for itself only.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html">Resource</a>
   */
  static boolean coversArn(String pattern, String other) {
    if (pattern.equals(EVERYTHING) || pattern.equals(other)) {
      return true;
    }
    if (pattern.contains("${") || other.contains("${")) {
      return false;
    }
    List<String> parts = Arrays.asList(pattern.split(":", ARN_PARTS));
    List<String> others = Arrays.asList(other.split(":", ARN_PARTS));
    if (parts.size() < ARN_PARTS || others.size() < ARN_PARTS) {
      return false;
    }
    for (int i = 0; i < ARN_PARTS; i++) {
      if (!covers(parts.get(i), others.get(i))) {
        return false;
      }
    }
    return true;
  }
}
