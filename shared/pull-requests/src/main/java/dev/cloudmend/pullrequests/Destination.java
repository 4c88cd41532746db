package dev.cloudmend.pullrequests;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the Terraform source of some resources is, and how its people want to be asked.
 *
 * @param base the branch that fixes are merged into; absent = the repository's default branch
 * @param directory what is read of the repository; without slashes around it, empty for all of it
 * @param labels that every pull request gets, beside those for severity, framework and source
 * @param reviewers logins, and teams as {@code organization/team}
 */
public record Destination(
    RepositoryName repository,
    Optional<Branch> base,
    String directory,
    List<String> labels,
    List<String> reviewers,
    PullRequestLimits limits) {

  private static final int LONGEST_LABEL = 50;
  private static final Pattern REVIEWER = Pattern.compile("[A-Za-z0-9_-]+(\\[bot])?(/[^/\\s]+)?");

  // What begins with a dot is no source, and .github runs with the repository's rights.
  private static final Pattern DIRECTORY = Pattern.compile("(?!\\.)[^/\\s]+(/(?!\\.)[^/\\s]+)*");

  /**
   * @throws IllegalArgumentException when GitHub would refuse a part of it
   */
  public Destination {
    labels = List.copyOf(labels);
    reviewers = List.copyOf(reviewers);
    if (!directory.isEmpty() && !DIRECTORY.matcher(directory).matches()) {
      throw new IllegalArgumentException(
          "a directory is written from the repository's root, without slashes around it, and"
              + " without names that begin with a dot");
    }
    if (labels.stream().anyMatch(label -> label.isBlank() || label.length() > LONGEST_LABEL)) {
      throw new IllegalArgumentException("a label has 1 to 50 characters");
    }
    if (!reviewers.stream().allMatch(reviewer -> REVIEWER.matcher(reviewer).matches())) {
      throw new IllegalArgumentException("a reviewer is a login, or organization/team");
    }
  }
}
