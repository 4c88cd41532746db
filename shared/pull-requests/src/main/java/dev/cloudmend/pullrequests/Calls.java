package dev.cloudmend.pullrequests;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.pullrequests.GitHubException.Kind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Asks about one repository with its token; once more with another where that one ended early. */
final class Calls {

  private static final Pattern SHA = Pattern.compile("[0-9a-f]{40}([0-9a-f]{24})?");

  private final Transport transport;
  private final Tokens tokens;
  private final Clock clock;
  private final Consumer<String> beforeWriting;

  Calls(Transport transport, Tokens tokens, Clock clock) {
    this(transport, tokens, clock, asked -> {});
  }

  private Calls(Transport transport, Tokens tokens, Clock clock, Consumer<String> beforeWriting) {
    this.transport = transport;
    this.tokens = tokens;
    this.clock = clock;
    this.beforeWriting = beforeWriting;
  }

  /**
   * The same with one more guard.
   *
   * @param guard is told what would write before it is sent; where it throws, nothing is
   */
  Calls guarded(Consumer<String> guard) {
    return new Calls(transport, tokens, clock, beforeWriting.andThen(guard));
  }

  /**
   * @param path after {@code /repos/owner/name}
   */
  JsonNode get(RepositoryName repository, String path) {
    return ask("GET", repository, path, Optional.empty());
  }

  JsonNode post(RepositoryName repository, String path, JsonNode body) {
    return ask("POST", repository, path, Optional.of(body));
  }

  JsonNode patch(RepositoryName repository, String path, JsonNode body) {
    return ask("PATCH", repository, path, Optional.of(body));
  }

  /** A name as one part of a path. */
  static String part(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * The sha that an answer has there.
   *
   * @param pointer a JSON pointer
   * @throws GitHubException UNAVAILABLE when there is none
   */
  static String sha(JsonNode answer, String pointer) {
    String sha = answer.at(pointer).asText();
    if (!SHA.matcher(sha).matches()) {
      throw new GitHubException(
          Kind.UNAVAILABLE, "an answer of GitHub has no object id at " + pointer);
    }
    return sha;
  }

  private JsonNode ask(
      String method, RepositoryName repository, String path, Optional<JsonNode> body) {
    String where = "/repos/" + repository + path;
    if (!method.equals("GET")) {
      beforeWriting.accept(method + " " + where);
    }
    String token = tokens.of(repository);
    Reply reply = transport.send(method, where, body, "Bearer " + token);
    if (reply.status() == 401 && tokens.renew(repository)) {
      token = tokens.of(repository);
      reply = transport.send(method, where, body, "Bearer " + token);
    }
    if (!reply.isGood()) {
      throw Refusals.of(reply, clock.instant(), token);
    }
    return reply.json();
  }
}
