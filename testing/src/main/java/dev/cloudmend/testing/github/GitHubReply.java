package dev.cloudmend.testing.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** What the server does with one request. */
public sealed interface GitHubReply {

  /** An answer. */
  record Answer(int status, Map<String, String> headers, String body) implements GitHubReply {}

  /** Takes the request and never answers, until the server is closed. */
  record Silence() implements GitHubReply {}

  /** Sends half of the answer, then nothing until the server is closed. */
  record StallHalfWay() implements GitHubReply {}

  /** Does what was asked, and closes the connection without an answer. */
  record CutAfterwards() implements GitHubReply {}

  static Answer json(int status, JsonNode body) {
    return new Answer(status, Map.of(), body.toString());
  }

  /** An error with GitHub's words. */
  static Answer error(int status, String message) {
    return json(status, errorBody(message));
  }

  static Answer badCredentials() {
    return error(401, "Bad credentials");
  }

  /** A token or an App that lacks a permission. */
  static Answer notAccessible() {
    return error(403, "Resource not accessible by integration");
  }

  static Answer notFound() {
    return error(404, "Not Found");
  }

  /** The limit of an hour. */
  static Answer primaryLimit(Instant reset) {
    return new Answer(
        403,
        Map.of(
            "x-ratelimit-remaining",
            "0",
            "x-ratelimit-reset",
            String.valueOf(reset.getEpochSecond())),
        errorBody("API rate limit exceeded for installation ID 1.").toString());
  }

  /** The limit of the pace. */
  static Answer secondaryLimit(Duration retryAfter) {
    return new Answer(
        403,
        Map.of("retry-after", String.valueOf(retryAfter.toSeconds())),
        errorBody("You have exceeded a secondary rate limit.").toString());
  }

  /** The limit of the pace, where GitHub names no time. */
  static Answer secondaryLimit() {
    return error(429, "You have exceeded a secondary rate limit. Please wait a few minutes.");
  }

  static Answer ruleViolation() {
    return error(
        422,
        "Repository rule violations found\n\nCannot create ref due to creations being restricted.");
  }

  /** What a proxy or a load balancer on the way says. */
  static Answer html(int status) {
    return new Answer(status, Map.of("content-type", "text/html"), "<html>Unicorn!</html>");
  }

  /** An answer of 200 with this many characters. */
  static Answer huge(int characters) {
    return json(200, Json.object().put("content", "x".repeat(characters)));
  }

  /** Refused for one of its parts. */
  static Answer validationFailed(String resource, String code, String message) {
    ObjectNode body = errorBody("Validation Failed");
    body.putArray("errors")
        .addObject()
        .put("resource", resource)
        .put("code", code)
        .put("message", message);
    return json(422, body);
  }

  private static ObjectNode errorBody(String message) {
    return Json.object()
        .put("message", message)
        .put("documentation_url", "https://docs.github.com/rest");
  }
}
