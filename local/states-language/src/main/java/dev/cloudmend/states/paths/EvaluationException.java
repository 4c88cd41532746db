package dev.cloudmend.states.paths;

/**
 * A state's data could not be worked out. It carries the error name and the cause that the state
 * reports.
 *
 * <p>The cause never quotes the data itself: state data may hold secrets.
 */
public final class EvaluationException extends RuntimeException {

  private final String error;

  public EvaluationException(String error, String cause) {
    super(cause);
    this.error = error;
  }

  /** The error name, for example {@code States.Runtime}. */
  public String error() {
    return error;
  }

  /** What went wrong, for a person. */
  public String explanation() {
    return String.valueOf(getMessage());
  }
}
