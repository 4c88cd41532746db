package dev.cloudmend.pullrequests;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.pullrequests.GitHubException.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends one request over HTTP, bounded in time and size. It follows no redirect. */
final class Transport implements AutoCloseable {

  /**
   * The version of the REST API that this client was written for.
   *
   * @see <a href="https://docs.github.com/en/rest/about-the-rest-api/api-versions">API versions</a>
   */
  static final String API_VERSION = "2022-11-28";

  /** A recursive tree is at most 7 MB by GitHub's documentation, and base64 a third longer. */
  static final int MOST_BYTES = 16 * 1024 * 1024;

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  private final String base;
  private final Duration patience;
  private final HttpClient http;

  /**
   * @throws IllegalArgumentException when tokens would travel unencrypted
   */
  Transport(URI base, Duration patience) {
    boolean isSafe =
        "https".equals(base.getScheme())
            || ("http".equals(base.getScheme())
                && LOOPBACK.contains(String.valueOf(base.getHost())));
    if (!isSafe || base.getRawUserInfo() != null || base.getRawQuery() != null) {
      throw new IllegalArgumentException(
          "the address of GitHub's API is an https URL without user and query, such as"
              + " https://api.github.com or https://github.example.com/api/v3");
    }
    this.base = base.toString().replaceAll("/+$", "");
    this.patience = patience;
    http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(patience)
            .build();
  }

  /**
   * @param path after the API's address, with its escapes
   * @throws GitHubException UNAVAILABLE without an answer in time, INVALID with too long a one
   */
  Reply send(String method, String path, Optional<JsonNode> body, String authorization) {
    String asked = method + " " + path;
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(patience)
            .header("Accept", "application/vnd.github+json")
            .header("X-GitHub-Api-Version", API_VERSION)
            .header("User-Agent", "cloudmend")
            .header("Authorization", authorization)
            .method(
                method,
                body.map(b -> BodyPublishers.ofString(b.toString()))
                    .orElseGet(BodyPublishers::noBody))
            .build();
    var answer = http.sendAsync(request, headers -> new BoundedBody(MOST_BYTES));
    HttpResponse<byte[]> response = await(asked, answer);
    return new Reply(
        asked,
        response.statusCode(),
        response.headers(),
        new String(response.body(), StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  // The request's own timeout ends with the headers; this one also covers the body.
  private HttpResponse<byte[]> await(String asked, CompletableFuture<HttpResponse<byte[]>> answer) {
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new GitHubException(
          Kind.UNAVAILABLE, asked + ": no answer within " + patience.toMillis() + " ms");
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new GitHubException(Kind.UNAVAILABLE, asked + ": was interrupted");
    } catch (ExecutionException e) {
      throw broken(asked, e.getCause() == null ? e : e.getCause());
    }
  }

  private static GitHubException broken(String asked, Throwable cause) {
    for (Throwable each = cause; each != null; each = each.getCause()) {
      if (each instanceof BoundedBody.TooLong tooLong) {
        return new GitHubException(Kind.INVALID, asked + ": " + tooLong.getMessage());
      }
    }
    String what = cause instanceof IOException ? "the connection failed" : "it could not be sent";
    return new GitHubException(
        Kind.UNAVAILABLE, asked + ": " + what + " (" + cause.getClass().getSimpleName() + ")");
  }
}
