package dev.cloudmend.store;

/**
 * The store could not do what was asked. The message says which table and operation, what DynamoDB
 * answered, and what to do next. Callers fail closed: nothing is done that would have needed it.
 */
public class StoreException extends RuntimeException {

  public StoreException(String message) {
    super(message);
  }

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
