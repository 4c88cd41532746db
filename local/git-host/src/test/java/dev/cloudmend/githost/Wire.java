package dev.cloudmend.githost;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Sends what no proper client would. */
record Wire(URI address) {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  record Got(int status, String type, String body) {

    JsonNode json() {
      return Json.parse(body);
    }

    String message() {
      return json().path("message").asText();
    }

    /** The message of the first of the errors. */
    String error() {
      return json().at("/errors/0/message").asText();
    }
  }

  Got get(String path) {
    return send("GET", path, BodyPublishers.noBody(), "Bearer any");
  }

  Got post(String path, String body) {
    return send("POST", path, BodyPublishers.ofString(body), "Bearer any");
  }

  Got patch(String path, String body) {
    return send("PATCH", path, BodyPublishers.ofString(body), "Bearer any");
  }

  Got send(String method, String path, BodyPublisher body, String authorization) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + path)).method(method, body);
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    try {
      HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());
      return new Got(
          answer.statusCode(),
          answer.headers().firstValue("content-type").orElse(""),
          answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** A commit without changes after another one; gives its id. */
  String commit(String parent, String message) {
    String tree = get("/repos/acme/infra/git/commits/" + parent).json().at("/tree/sha").asText();
    return post(
            "/repos/acme/infra/git/commits",
            "{\"message\": \"%s\", \"tree\": \"%s\", \"parents\": [\"%s\"]}"
                .formatted(message, tree, parent))
        .json()
        .path("sha")
        .asText();
  }
}
