package dev.cloudmend.claude.redaction;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a placeholder stands for; its name begins the placeholder, as in {@code ACCOUNT_1}. No name
 * is the end of another, so that text before a placeholder cannot make another one of it.
 */
public enum Kind {
  ACCOUNT(true),
  ACCESS_KEY(false),
  SECRET(false),
  EMAIL(true),
  IP(true),
  /** An address of a private, shared, link-local or loopback range. */
  PRIVATE_ADDRESS(true),
  PRINCIPAL(true),
  BUCKET(true),
  HOST(true),
  /** Text of an event that looks like a placeholder itself. */
  TEXT(true);

  /** A placeholder, or what looks like one. */
  public static final Pattern PLACEHOLDER =
      Pattern.compile(
          "(?:ACCOUNT|ACCESS_KEY|SECRET|EMAIL|IP|PRIVATE_ADDRESS|PRINCIPAL|BUCKET|HOST|TEXT)_[0-9]+");

  private final boolean restored;

  Kind(boolean restored) {
    this.restored = restored;
  }

  /** Whether an answer gets the value back; a secret must not travel into audit, chat or logs. */
  public boolean restored() {
    return restored;
  }

  /** Where a text of at most {@code longest} characters may end without cutting a placeholder. */
  public static int endOfCut(String text, int longest) {
    int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
    return PLACEHOLDER
        .matcher(text)
        .results()
        .filter(m -> m.start() < end && m.end() > end)
        .map(MatchResult::start)
        .findFirst()
        .orElse(end);
  }
}
