package dev.cloudmend.terraform.locate;

/**
 * A state or plan cannot be read; the message names the file and what is wrong, and shows no value.
 */
public final class StateException extends RuntimeException {

  public StateException(String message) {
    super(message);
  }
}
