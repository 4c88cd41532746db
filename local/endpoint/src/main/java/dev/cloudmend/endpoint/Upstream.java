package dev.cloudmend.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The emulator, for calls that are made from here. Safe for use by several threads. */
public interface Upstream {

  /**
   * Sends a call on as it came.
   *
   * @throws ServiceException ServiceUnavailable when the emulator does not answer
   */
  AwsAnswer send(AwsRequest request);

  /**
   * Calls an operation of a service that takes JSON by {@code X-Amz-Target} ({@code events}, {@code
   * states}, {@code dynamodb}, {@code sqs}, {@code secretsmanager}, {@code ssm}).
   *
   * @throws ServiceException with the emulator's own status and code when it answers with an error
   */
  ObjectNode call(Caller caller, String service, String operation, ObjectNode parameters);

  /** The account that an access key belongs to, twelve digits. */
  String account(String accessKey);

  /**
   * An access key of some account: calls with it are that account's own.
   *
   * @param account twelve digits
   */
  Caller callerOf(String account, String region);

  /**
   * As whom, and where, a call is made.
   *
   * @param accessKey the id of an access key
   */
  record Caller(String accessKey, String region) {
    /** Whoever made a request. */
    public static Caller of(AwsRequest request) {
      return new Caller(request.accessKey(), request.region());
    }
  }
}
