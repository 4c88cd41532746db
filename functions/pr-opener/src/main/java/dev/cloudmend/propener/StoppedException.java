package dev.cloudmend.propener;

/** The stop switch is on, right before the first write; the message says who switched it. */
final class StoppedException extends RuntimeException {

  StoppedException(String message) {
    super(message);
  }
}
