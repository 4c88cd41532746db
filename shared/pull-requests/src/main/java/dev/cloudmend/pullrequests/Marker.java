package dev.cloudmend.pullrequests;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a pull request says about itself where no reader sees it: a comment in its body.
 *
 * @param fingerprint of the finding; another one is another matter, also for a pull request that
 *     was closed
 * @param content {@code sha256:} of what the files become
 */
public record Marker(String fingerprint, String content) {

  /** What the comment begins with; no other part of a body may hold it. */
  static final String START = "<!-- cloudmend:";

  // A double hyphen ends a comment for some readers.
  private static final String WORD = "((?:(?!--)[A-Za-z0-9:._-]){1,200})";
  private static final Pattern FORM =
      Pattern.compile(START + " fingerprint=" + WORD + " content=" + WORD + " -->");

  /**
   * @throws IllegalArgumentException when a part could end the comment
   */
  public Marker {
    if (!fingerprint.matches(WORD) || !content.matches(WORD)) {
      throw new IllegalArgumentException(
          "the parts of a marker are words of A-Za-z0-9:._- without --");
    }
  }

  /** The first one in a body. */
  static Optional<Marker> in(String body) {
    Matcher marker = FORM.matcher(body);
    return marker.find()
        ? Optional.of(new Marker(marker.group(1), marker.group(2)))
        : Optional.empty();
  }

  /** The body without its first one. */
  static String without(String body) {
    return FORM.matcher(body).replaceFirst("").stripLeading();
  }

  /** As it stands in a body. */
  String comment() {
    return START + " fingerprint=" + fingerprint + " content=" + content + " -->";
  }
}
