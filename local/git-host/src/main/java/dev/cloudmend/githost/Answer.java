package dev.cloudmend.githost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;

/** What a request is answered with; errors in GitHub's words, by which its clients know them. */
record Answer(int status, String contentType, String body) {

  static Answer json(int status, JsonNode body) {
    return new Answer(status, "application/json; charset=utf-8", body.toString());
  }

  static Answer text(String body) {
    return new Answer(200, "text/plain; charset=utf-8", body);
  }

  static Answer error(int status, String message) {
    return json(status, errorBody(message));
  }

  static Answer notFound() {
    return error(404, "Not Found");
  }

  static Answer empty() {
    return error(409, "Git Repository is empty.");
  }

  /**
   * Something in the body is refused.
   *
   * @param resource what it is about, such as {@code PullRequest}
   * @param code {@code missing_field}, {@code invalid}, {@code already_exists}, {@code custom}
   */
  static Answer invalid(String resource, String field, String code, String message) {
    ObjectNode body = errorBody("Validation Failed");
    body.putArray("errors")
        .addObject()
        .put("resource", resource)
        .put("field", field)
        .put("code", code)
        .put("message", message);
    return json(422, body);
  }

  /** A rule of the repository forbids it. */
  static Answer ruleViolation(String rule) {
    return error(422, "Repository rule violations found\n\n" + rule);
  }

  private static ObjectNode errorBody(String message) {
    return Json.object()
        .put("message", message)
        .put("documentation_url", "https://docs.github.com/rest");
  }
}
