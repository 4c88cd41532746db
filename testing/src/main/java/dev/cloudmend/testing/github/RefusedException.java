package dev.cloudmend.testing.github;

/** An operation ends with an error of GitHub. */
final class RefusedException extends RuntimeException {

  private final transient GitHubReply.Answer answer;

  RefusedException(GitHubReply.Answer answer) {
    super(answer.body());
    this.answer = answer;
  }

  GitHubReply.Answer answer() {
    return answer;
  }
}
