package dev.cloudmend.endpoint.front;

import dev.cloudmend.endpoint.AwsRequest;
import dev.cloudmend.endpoint.Body;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.server.Request;

/**
 * What a request says of itself before its body is read.
 *
 * @param service empty when the request does not say
 * @param operation empty when it is not known, or is named in the body
 * @param target path and query, still encoded
 * @param headers by lower-case name
 */
record Head(
    String service,
    String operation,
    String region,
    String accessKey,
    String method,
    String target,
    Map<String, List<String>> headers) {

  private static final String TARGET_HEADER = "x-amz-target";
  private static final String FORM = "application/x-www-form-urlencoded";

  /** No bucket's name begins with an underscore. */
  private static final String OWN = "/_cloudmend/";

  /** Services of calls that carry no signature, by what X-Amz-Target begins with. */
  private static final Map<String, String> BY_TARGET =
      Map.of(
          "AWSStepFunctions", "states",
          "AWSEvents", "events",
          "AmazonSQS", "sqs",
          "DynamoDB_20120810", "dynamodb",
          "DynamoDBStreams_20120810", "dynamodb");

  static Head of(Request request) {
    Map<String, List<String>> headers = new TreeMap<>();
    for (HttpField field : request.getHeaders()) {
      headers
          .computeIfAbsent(field.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(Optional.ofNullable(field.getValue()).orElse(""));
    }
    return of(request.getMethod(), request.getHttpURI().getPathQuery(), headers);
  }

  static Head of(String method, String target, Map<String, List<String>> headers) {
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    if (path.startsWith(OWN)) {
      String operation = path.substring(OWN.length()).replaceFirst("/.*", "");
      return new Head("_cloudmend", operation, "", "", method, target, headers);
    }
    String query = question < 0 ? "" : target.substring(question + 1);
    Optional<Credential> credential =
        Credential.of(first(headers, "authorization").orElse(null), query);
    Optional<String> jsonTarget = first(headers, TARGET_HEADER);
    String service =
        credential
            .map(Credential::service)
            .or(() -> jsonTarget.map(name -> BY_TARGET.get(before(name))))
            .orElse("");
    String operation =
        jsonTarget
            .map(name -> name.substring(name.lastIndexOf('.') + 1))
            .or(() -> Forms.value(query, "Action"))
            .or(
                () ->
                    service.equals("lambda")
                        ? LambdaPaths.operation(method, path)
                        : Optional.empty())
            .orElse("");
    return new Head(
        service,
        operation,
        credential.map(Credential::region).orElse(""),
        credential.map(Credential::accessKey).orElse(""),
        method,
        target,
        headers);
  }

  /** Whether the operation is named in the body, as services with the query protocol do. */
  boolean isForm() {
    return operation.isEmpty()
        && method.equals("POST")
        && first(headers, "content-type").orElse("").toLowerCase(Locale.ROOT).startsWith(FORM);
  }

  AwsRequest with(Body body) {
    String name = isForm() ? Forms.value(body.text(), "Action").orElse("") : operation;
    return new AwsRequest(service, name, region, accessKey, method, target, headers, body);
  }

  private static String before(String name) {
    return name.substring(0, Math.max(0, name.indexOf('.')));
  }

  private static Optional<String> first(Map<String, List<String>> headers, String name) {
    return headers.getOrDefault(name, List.of()).stream().findFirst();
  }
}
