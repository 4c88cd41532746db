package dev.cloudmend.model;

/** A value that does not have the form the model asks for. The message says what was expected. */
public class ModelException extends RuntimeException {

  public ModelException(String message) {
    super(message);
  }

  public ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
