package dev.cloudmend.states.paths;

/** A path or expression is not written as the States Language asks. The message says why. */
public final class PathSyntaxException extends RuntimeException {

  public PathSyntaxException(String message) {
    super(message);
  }

  /** The reason, for a list of problems. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
