package dev.cloudmend.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What the proxy does with a request in place of forwarding it. */
public sealed interface Fault {

  /**
   * Answers with an error in the wire format of the request's service.
   *
   * @param status the HTTP status
   * @param code the service's error code, such as {@code AccessDenied}
   */
  record Answer(int status, String code) implements Fault {

    private static final String REQUEST_ID = "00000000-0000-4000-8000-000000000000";

    byte[] body(RecordedRequest request) {
      return text(request).getBytes(UTF_8);
    }

    String contentType(RecordedRequest request) {
      return isJson(request) ? "application/x-amz-json-1.0" : "text/xml";
    }

    private static boolean isJson(RecordedRequest request) {
      return !request.header("X-Amz-Target").isEmpty();
    }

    private String text(RecordedRequest request) {
      String error =
          "<Code>%s</Code><Message>The proxy of the test answers %s</Message>"
              .formatted(code, status);
      if (isJson(request)) {
        return "{\"__type\":\"%s\",\"message\":\"The proxy of the test answers %d\"}"
            .formatted(code, status);
      }
      return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
          + switch (request.service()) {
            case "s3" -> "<Error>%s<RequestId>%s</RequestId></Error>".formatted(error, REQUEST_ID);
            case "ec2" ->
                "<Response><Errors><Error>%s</Error></Errors><RequestID>%s</RequestID></Response>"
                    .formatted(error, REQUEST_ID);
            default ->
                "<ErrorResponse><Error><Type>Sender</Type>%s</Error><RequestId>%s</RequestId></ErrorResponse>"
                    .formatted(error, REQUEST_ID);
          };
    }
  }

  /** Closes the connection without an answer. */
  record Cut() implements Fault {}
}
