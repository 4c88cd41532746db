package dev.cloudmend.endpoint;

/** An error that the caller is told in the form of the service that it called. */
public final class ServiceException extends RuntimeException {

  private final int status;
  private final String code;

  /**
   * Makes the error.
   *
   * @param status the HTTP status
   * @param code the API's name of the error, such as {@code StateMachineDoesNotExist}
   */
  public ServiceException(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }
}
