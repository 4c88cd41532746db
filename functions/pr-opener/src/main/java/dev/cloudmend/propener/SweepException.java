package dev.cloudmend.propener;

/** A sweep did what it could, and could not read back every pull request. */
final class SweepException extends RuntimeException {

  SweepException(String message) {
    super(message);
  }
}
