package dev.cloudmend.githost;

/**
 * A repository cannot be served, or the server cannot be started or stopped. The message says what
 * was expected, and holds no password of a URL.
 */
public final class GitHostException extends RuntimeException {

  GitHostException(String message) {
    super(message);
  }

  GitHostException(String message, Throwable cause) {
    super(message, cause);
  }
}
