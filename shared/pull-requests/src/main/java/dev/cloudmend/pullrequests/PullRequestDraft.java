package dev.cloudmend.pullrequests;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A pull request as it shall be.
 *
 * @param title one line, at most 256 characters; see {@link Markdown#title}
 * @param body Markdown, in which everything from outside went through {@link Markdown}; the marker
 *     is put before it
 * @param base the branch that it is to be merged into
 * @param head its own branch, of {@link Branch#forFix}
 * @param labels created where the repository lacks them
 * @param reviewers logins, and teams as {@code organization/team}
 * @param isDraft whether GitHub shall keep it from being merged until somebody calls it ready
 * @param fingerprint of the finding, for the {@link Marker}
 */
public record PullRequestDraft(
    String title,
    String body,
    Branch base,
    Branch head,
    List<String> labels,
    List<String> reviewers,
    boolean isDraft,
    String fingerprint) {

  private static final int LONGEST_TITLE = 256;
  private static final int LONGEST_LABEL = 50;

  /** GitHub takes 65,536 characters; the marker needs some of them. */
  private static final int LONGEST_BODY = 65_000;

  private static final Pattern REVIEWER = Pattern.compile("[A-Za-z0-9_-]+(\\[bot])?(/[^/\\s]+)?");

  /**
   * @throws IllegalArgumentException when GitHub would refuse it, or it could not be found again
   */
  public PullRequestDraft {
    labels = List.copyOf(labels);
    reviewers = List.copyOf(reviewers);
    if (title.isBlank()
        || title.length() > LONGEST_TITLE
        || !title.lines().skip(1).toList().isEmpty()) {
      throw new IllegalArgumentException("a title is one line of at most 256 characters");
    }
    if (body.length() > LONGEST_BODY) {
      throw new IllegalArgumentException(
          "a body has at most %,d characters, not %,d".formatted(LONGEST_BODY, body.length()));
    }
    if (body.contains(Marker.START)) {
      throw new IllegalArgumentException("a body holds no marker: it is put before it");
    }
    if (!head.isOurs() || head.equals(base)) {
      throw new IllegalArgumentException("a pull request comes from a branch of this suite");
    }
    if (labels.stream().anyMatch(l -> l.isBlank() || l.length() > LONGEST_LABEL)) {
      throw new IllegalArgumentException("a label has 1 to 50 characters");
    }
    if (!reviewers.stream().allMatch(r -> REVIEWER.matcher(r).matches())) {
      throw new IllegalArgumentException("a reviewer is a login, or organization/team");
    }
  }
}
