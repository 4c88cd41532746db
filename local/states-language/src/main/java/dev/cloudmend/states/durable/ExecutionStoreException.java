package dev.cloudmend.states.durable;

/** The store of executions cannot be read or written. The message names the file. */
public final class ExecutionStoreException extends RuntimeException {

  ExecutionStoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
