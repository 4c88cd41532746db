package dev.cloudmend.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * The answer to a call of an AWS API.
 *
 * @param status the HTTP status
 * @param headers by lower-case name
 */
public record AwsAnswer(int status, Map<String, List<String>> headers, Body body) {

  /** A success of a service that speaks JSON. */
  public static AwsAnswer json(JsonNode body) {
    return new AwsAnswer(
        200,
        Map.of("content-type", List.of("application/x-amz-json-1.0")),
        Body.of(body.toString()));
  }

  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }
}
