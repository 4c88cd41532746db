package dev.cloudmend.githost;

/** A request ends with an error of GitHub. */
final class RefusedException extends RuntimeException {

  private final transient Answer answer;

  RefusedException(Answer answer) {
    super(answer.body());
    this.answer = answer;
  }

  Answer answer() {
    return answer;
  }
}
