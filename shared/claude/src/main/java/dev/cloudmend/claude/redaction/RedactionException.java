package dev.cloudmend.claude.redaction;

/**
 * A prompt that would still show what was to be redacted. It is not sent; the value is not told.
 */
public final class RedactionException extends RuntimeException {

  public RedactionException(String message) {
    super(message);
  }
}
