package dev.cloudmend.model;

/**
 * A pull request as a live run would open it.
 *
 * @param repository as in {@code owner/name}
 * @param base the branch that it would be merged into
 * @param branch its own branch
 * @param title one line, as it would stand on GitHub
 * @param diff what it would change, as a unified diff of at most {@value #LONGEST_DIFF} characters
 */
public record ProposalPreview(
    String repository, String base, String branch, String title, String diff) {

  /** The longest diff that is kept whole. */
  public static final int LONGEST_DIFF = 20_000;
}
