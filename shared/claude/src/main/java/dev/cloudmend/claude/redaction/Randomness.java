package dev.cloudmend.claude.redaction;

import java.util.regex.Pattern;

/**
 * Tells random text from names. Where it errs it calls a name a secret: then the name is not sent,
 * and not put back.
 */
final class Randomness {

  /** Bits a character; forty random characters of base64 have 4.4 and more. */
  private static final double BASE64 = 4.0;

  private static final double WORDS = 3.2;
  private static final double HEX = 2.5;

  /** The words of a camel-case name have four characters and more, those of a random text two. */
  private static final double LONGEST_WORD = 3.5;

  private static final Pattern WORD =
      Pattern.compile("[A-Z]++(?![a-z])|[A-Z]?+[a-z]++|[A-Z]|[0-9]++");
  private static final Pattern UPPER = Pattern.compile("[A-Z]");
  private static final Pattern LOWER = Pattern.compile("[a-z]");
  private static final Pattern DIGIT = Pattern.compile("[0-9]");
  private static final Pattern HEX_ONLY = Pattern.compile("[0-9a-f]+");
  private static final Pattern SEPARATOR = Pattern.compile("[_-]");

  private Randomness() {}

  /** Forty characters or more of base64: an AWS secret access key, a key, a session token. */
  static boolean ofBase64(String run) {
    return has(UPPER, run)
        && has(LOWER, run)
        && (has(DIGIT, run) || run.contains("+") || run.contains("/"))
        && wordLength(run) < LONGEST_WORD
        && bits(run) >= BASE64;
  }

  static boolean ofHex(String run) {
    return has(DIGIT, run) && bits(run) >= HEX;
  }

  /**
   * A run with a part that no person wrote. The ids of resources and UUIDs have parts of one case
   * that are short, so they are none.
   */
  static boolean ofWords(String run) {
    return bits(run) >= WORDS && SEPARATOR.splitAsStream(run).anyMatch(Randomness::isPart);
  }

  private static boolean isPart(String part) {
    boolean mixed = has(UPPER, part) && has(LOWER, part);
    return has(DIGIT, part)
        && !HEX_ONLY.matcher(part).matches()
        && part.length() >= (mixed ? 10 : 24)
        && wordLength(part) < LONGEST_WORD;
  }

  private static double wordLength(String text) {
    return text.length() / (double) WORD.matcher(text).results().count();
  }

  private static boolean has(Pattern pattern, String text) {
    return pattern.matcher(text).find();
  }

  /** Shannon's entropy, in bits a character. */
  private static double bits(String text) {
    int[] counts = new int[128];
    text.chars().forEach(c -> counts[c & 127]++);
    double bits = 0;
    for (int count : counts) {
      if (count > 0) {
        double share = count / (double) text.length();
        bits -= share * Math.log(share) / Math.log(2);
      }
    }
    return bits;
  }
}
