package dev.cloudmend.endpoint.front;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.endpoint.AwsRequest;
import dev.cloudmend.endpoint.Body;
import dev.cloudmend.endpoint.Upstream.Caller;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Requests that are made here. Their signatures are empty: the emulator does not check them. */
public final class OwnCalls {

  private record Target(String prefix, String contentType) {}

  private static final String JSON_10 = "application/x-amz-json-1.0";
  private static final String JSON_11 = "application/x-amz-json-1.1";

  private static final Map<String, Target> TARGETS =
      Map.of(
          "dynamodb", new Target("DynamoDB_20120810", JSON_10),
          "events", new Target("AWSEvents", JSON_11),
          "secretsmanager", new Target("secretsmanager", JSON_11),
          "sqs", new Target("AmazonSQS", JSON_10),
          "ssm", new Target("AmazonSSM", JSON_11),
          "states", new Target("AWSStepFunctions", JSON_10));

  private static final Map<String, String> VERSIONS =
      Map.of("ec2", "2016-11-15", "iam", "2010-05-08", "sts", "2011-06-15");

  private OwnCalls() {}

  /** A call of a service that takes JSON by X-Amz-Target. */
  static AwsRequest json(Caller caller, String service, String operation, ObjectNode parameters) {
    Target target = TARGETS.get(service);
    if (target == null) {
      throw new IllegalArgumentException(service + " takes no JSON by X-Amz-Target");
    }
    Map<String, List<String>> headers =
        Map.of(
            "authorization", List.of(authorization(caller, service)),
            "content-type", List.of(target.contentType()),
            "x-amz-target", List.of(target.prefix() + "." + operation));
    return request(caller, service, operation, headers, parameters.toString());
  }

  /** A call of a service with the query protocol: ec2, iam or sts. */
  public static AwsRequest form(
      Caller caller, String service, String operation, Map<String, String> parameters) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("Action", operation);
    form.put("Version", VERSIONS.getOrDefault(service, ""));
    form.putAll(parameters);
    Map<String, List<String>> headers =
        Map.of(
            "authorization", List.of(authorization(caller, service)),
            "content-type", List.of("application/x-www-form-urlencoded; charset=utf-8"));
    return request(caller, service, operation, headers, Forms.write(form));
  }

  private static AwsRequest request(
      Caller caller,
      String service,
      String operation,
      Map<String, List<String>> headers,
      String body) {
    return new AwsRequest(
        service,
        operation,
        caller.region(),
        caller.accessKey(),
        "POST",
        "/",
        headers,
        Body.of(body));
  }

  private static String authorization(Caller caller, String service) {
    return "AWS4-HMAC-SHA256 Credential=%s/20200101/%s/%s/aws4_request, SignedHeaders=host, Signature=0"
        .formatted(caller.accessKey(), caller.region(), service);
  }
}
