package dev.cloudmend.endpoint.front;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.endpoint.AwsAnswer;
import dev.cloudmend.endpoint.Body;
import dev.cloudmend.endpoint.ServiceException;
import dev.cloudmend.model.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Errors in the form that a service's clients read.
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/index.html">AWS protocols</a>
 */
final class ErrorForm {

  private static final Set<String> REST_XML = Set.of("s3", "s3express", "route53", "cloudfront");
  private static final Set<String> QUERY =
      Set.of(
          "autoscaling",
          "cloudformation",
          "elasticache",
          "elasticbeanstalk",
          "elasticloadbalancing",
          "iam",
          "monitoring",
          "rds",
          "redshift",
          "ses",
          "sns",
          "sts");
  private static final int SERVER_ERROR = 500;

  private ErrorForm() {}

  static AwsAnswer of(ServiceException error, Head head) {
    String message = Optional.ofNullable(error.getMessage()).orElse(error.code());
    if (head.headers().containsKey("x-amz-target")) {
      String contentType =
          head.headers()
              .getOrDefault("content-type", List.of("application/x-amz-json-1.0"))
              .getFirst();
      ObjectNode body = Json.object().put("__type", error.code()).put("message", message);
      return json(error, contentType, body);
    }
    if (head.service().equals("ec2")) {
      return xml(
          error,
          """
          <?xml version="1.0" encoding="UTF-8"?>
          <Response><Errors><Error><Code>%s</Code><Message>%s</Message></Error></Errors>\
          <RequestID>%s</RequestID></Response>
          """
              .formatted(Xml.text(error.code()), Xml.text(message), UUID.randomUUID()));
    }
    if (REST_XML.contains(head.service()) || head.service().isEmpty()) {
      return xml(
          error,
          """
          <?xml version="1.0" encoding="UTF-8"?>
          <Error><Code>%s</Code><Message>%s</Message><RequestId>%s</RequestId></Error>
          """
              .formatted(Xml.text(error.code()), Xml.text(message), UUID.randomUUID()));
    }
    if (QUERY.contains(head.service()) || head.isForm()) {
      return xml(
          error,
          """
          <?xml version="1.0" encoding="UTF-8"?>
          <ErrorResponse><Error><Type>%s</Type><Code>%s</Code><Message>%s</Message></Error>\
          <RequestId>%s</RequestId></ErrorResponse>
          """
              .formatted(
                  error.status() < SERVER_ERROR ? "Sender" : "Receiver",
                  Xml.text(error.code()),
                  Xml.text(message),
                  UUID.randomUUID()));
    }
    return json(
        error,
        "application/json",
        Json.object()
            .put("Type", error.status() < SERVER_ERROR ? "User" : "Service")
            .put("Message", message)
            .put("message", message));
  }

  private static AwsAnswer json(ServiceException error, String contentType, ObjectNode body) {
    return new AwsAnswer(
        error.status(),
        Map.of("content-type", List.of(contentType), "x-amzn-errortype", List.of(error.code())),
        Body.of(body.toString()));
  }

  private static AwsAnswer xml(ServiceException error, String body) {
    return new AwsAnswer(
        error.status(), Map.of("content-type", List.of("text/xml;charset=UTF-8")), Body.of(body));
  }
}
