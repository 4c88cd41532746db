package dev.cloudmend.testing.bedrock;

/**
 * The errors of Converse and their HTTP statuses.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html#API_runtime_Converse_Errors">
 *     Converse, Errors</a>
 */
public enum BedrockError {
  ACCESS_DENIED("AccessDeniedException", 403),
  INTERNAL_SERVER("InternalServerException", 500),
  MODEL_ERROR("ModelErrorException", 424),
  MODEL_NOT_READY("ModelNotReadyException", 429),
  MODEL_TIMEOUT("ModelTimeoutException", 408),
  RESOURCE_NOT_FOUND("ResourceNotFoundException", 404),
  SERVICE_UNAVAILABLE("ServiceUnavailableException", 503),
  THROTTLING("ThrottlingException", 429),
  VALIDATION("ValidationException", 400);

  private final String code;
  private final int status;

  BedrockError(String code, int status) {
    this.code = code;
    this.status = status;
  }

  /** As in the header {@code x-amzn-ErrorType}. */
  public String code() {
    return code;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }
}
