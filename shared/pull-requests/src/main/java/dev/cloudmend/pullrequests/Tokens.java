package dev.cloudmend.pullrequests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import dev.cloudmend.pullrequests.GitHubException.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The tokens with which a repository is asked. An App gets one that is good for that repository
 * alone, and keeps it until shortly before it expires.
 */
final class Tokens {

  private static final Duration BEFORE_EXPIRY = Duration.ofMinutes(5);

  private record Installation(GitHubCredentials.Token token, Instant expiresAt) {}

  private final GitHubCredentials credentials;
  private final Transport transport;
  private final Clock clock;
  private final ConcurrentMap<RepositoryName, Installation> kept = new ConcurrentHashMap<>();

  Tokens(GitHubCredentials credentials, Transport transport, Clock clock) {
    this.credentials = credentials;
    this.transport = transport;
    this.clock = clock;
  }

  /**
   * @throws GitHubException NOT_FOUND when the App is not installed there
   */
  String of(RepositoryName repository) {
    return switch (credentials) {
      case GitHubCredentials.Token token -> token.value();
      case GitHubCredentials.App app -> {
        Installation known = kept.get(repository);
        if (known != null && clock.instant().isBefore(known.expiresAt().minus(BEFORE_EXPIRY))) {
          yield known.token().value();
        }
        Installation fresh = install(app, repository);
        kept.put(repository, fresh);
        yield fresh.token().value();
      }
    };
  }

  /** Whether another token may be had in place of one that GitHub no longer takes. */
  boolean renew(RepositoryName repository) {
    kept.remove(repository);
    return credentials instanceof GitHubCredentials.App;
  }

  private Installation install(GitHubCredentials.App app, RepositoryName repository) {
    long id =
        app.installation().isPresent()
            ? app.installation().getAsLong()
            : ask(app, "GET", "/repos/" + repository + "/installation", Optional.empty())
                .path("id")
                .asLong();
    ObjectNode wanted = Json.object();
    wanted.putArray("repositories").add(repository.name());
    JsonNode given =
        ask(app, "POST", "/app/installations/" + id + "/access_tokens", Optional.of(wanted));
    try {
      return new Installation(
          new GitHubCredentials.Token(given.path("token").asText()),
          Instant.parse(given.path("expires_at").asText()));
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw new GitHubException(
          Kind.UNAVAILABLE, "GitHub gave no token for the installation of the App");
    }
  }

  private JsonNode ask(
      GitHubCredentials.App app, String method, String path, Optional<JsonNode> body) {
    String token = app.key().token(clock.instant());
    Reply reply = transport.send(method, path, body, "Bearer " + token);
    if (!reply.isGood()) {
      throw Refusals.of(reply, clock.instant(), token);
    }
    return reply.json();
  }
}
