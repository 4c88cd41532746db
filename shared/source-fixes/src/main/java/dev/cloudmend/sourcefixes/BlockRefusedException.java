package dev.cloudmend.sourcefixes;

/** A proposed text that is not taken. The message says why, without repeating the text. */
final class BlockRefusedException extends RuntimeException {

  BlockRefusedException(String message) {
    super(message);
  }
}
