package dev.cloudmend.emulators;

/** A server that could not be had. The message says why, and what to do about it. */
public final class EmulatorException extends RuntimeException {

  public EmulatorException(String message) {
    super(message);
  }

  public EmulatorException(String message, Throwable cause) {
    super(message, cause);
  }
}
