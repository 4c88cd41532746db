package dev.cloudmend.store;

/**
 * An audit entry was not written, or it is not known whether it was. What it would have recorded
 * must not be done.
 */
public final class AuditUnavailableException extends StoreException {

  public AuditUnavailableException(String message) {
    super(message);
  }

  public AuditUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
