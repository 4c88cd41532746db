package dev.cloudmend.propener;

/** GitHub cannot be asked until a person mends a setting or a secret; the message says which. */
final class NoAccessException extends RuntimeException {

  NoAccessException(String message) {
    super(message);
  }
}
