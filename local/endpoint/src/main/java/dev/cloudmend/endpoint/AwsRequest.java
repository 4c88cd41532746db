package dev.cloudmend.endpoint;

import java.util.List;
import java.util.Map;

/**
 * A call of an AWS API, as it came over the wire.
 *
 * @param service the name that it is signed for, such as {@code states}, {@code lambda}, {@code
 *     events}, {@code ec2}
 * @param operation the API's name, such as {@code StartExecution}
 * @param region the region that it is signed for
 * @param accessKey the id of the access key that it is signed with; who the caller is hangs on it
 * @param method the HTTP method
 * @param path with query, still encoded
 * @param headers by lower-case name
 */
public record AwsRequest(
    String service,
    String operation,
    String region,
    String accessKey,
    String method,
    String path,
    Map<String, List<String>> headers,
    Body body) {

  /** {@code service:Operation}. */
  public String name() {
    return service + ":" + operation;
  }
}
