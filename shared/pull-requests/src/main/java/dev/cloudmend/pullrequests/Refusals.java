package dev.cloudmend.pullrequests;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.model.Text;
import dev.cloudmend.pullrequests.GitHubException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Tells an answer that is none of the 2xx.
 *
 * @see <a href="https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api">
 *     Rate limits</a>
 * @see <a href="https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api">
 *     Troubleshooting</a>
 */
final class Refusals {

  /** What GitHub asks for where a secondary limit comes without a time. */
  static final Duration PAUSE = Duration.ofMinutes(1);

  private static final int LONGEST_MESSAGE = 500;

  private Refusals() {}

  /**
   * @param secret what must not stand in the message, also where the answer repeats it
   */
  static GitHubException of(Reply reply, Instant now, String secret) {
    String said = said(reply);
    String message =
        "%s: %d %s"
            .formatted(
                reply.asked(),
                reply.status(),
                Text.shown(said.replace(secret, "***"), LONGEST_MESSAGE))
            .strip();
    Optional<Duration> pause = pause(reply, said.toLowerCase(Locale.ROOT), now);
    return pause.isPresent()
        ? new GitHubException(Kind.RATE_LIMITED, message, pause)
        : new GitHubException(kind(reply.status(), said.toLowerCase(Locale.ROOT)), message);
  }

  private static Kind kind(int status, String said) {
    return switch (status) {
      case 401 -> Kind.NO_RIGHTS;
      case 403 -> {
        if (said.contains("archived")) {
          yield Kind.ARCHIVED;
        }
        yield isRule(said) ? Kind.PROTECTED : Kind.NO_RIGHTS;
      }
      // A repository that was renamed is to be configured by its new name.
      case 301, 302, 307, 308, 404, 410 -> Kind.NOT_FOUND;
      case 409 -> {
        if (said.contains("repository is empty")) {
          yield Kind.EMPTY;
        }
        yield isRule(said) ? Kind.PROTECTED : Kind.CONFLICT;
      }
      case 422 -> unprocessable(said);
      case 408 -> Kind.UNAVAILABLE;
      default -> status >= 500 ? Kind.UNAVAILABLE : Kind.INVALID;
    };
  }

  private static Kind unprocessable(String said) {
    if (isRule(said)) {
      return Kind.PROTECTED;
    }
    if (said.contains("already exists")
        || said.contains("already_exists")
        || said.contains("not a fast forward")) {
      return Kind.CONFLICT;
    }
    return said.contains("reference does not exist") ? Kind.NOT_FOUND : Kind.INVALID;
  }

  private static boolean isRule(String said) {
    return said.contains("rule violations")
        || said.contains("protected branch")
        || said.contains("protected ref");
  }

  private static Optional<Duration> pause(Reply reply, String said, Instant now) {
    if (reply.status() != 403 && reply.status() != 429) {
      return Optional.empty();
    }
    Optional<Duration> asked = seconds(reply, "retry-after").map(Duration::ofSeconds);
    if (asked.isPresent()) {
      return asked.map(Refusals::atLeastASecond);
    }
    if (reply.header("x-ratelimit-remaining").filter("0"::equals).isPresent()) {
      return Optional.of(
          seconds(reply, "x-ratelimit-reset")
              .map(reset -> Duration.between(now, Instant.ofEpochSecond(reset)))
              .map(Refusals::atLeastASecond)
              .orElse(PAUSE));
    }
    boolean isPace =
        reply.status() == 429 || said.contains("secondary rate limit") || said.contains("abuse");
    return isPace ? Optional.of(PAUSE) : Optional.empty();
  }

  private static Duration atLeastASecond(Duration asked) {
    Duration least = Duration.ofSeconds(1);
    return asked.compareTo(least) < 0 ? least : asked;
  }

  private static Optional<Long> seconds(Reply reply, String header) {
    return reply.header(header).filter(v -> v.matches("\\d{1,11}")).map(Long::valueOf);
  }

  /** The message, and those of the errors in it. */
  private static String said(Reply reply) {
    try {
      JsonNode body = Json.parse(reply.body());
      String errors =
          StreamSupport.stream(body.path("errors").spliterator(), false)
              .map(Refusals::error)
              .collect(Collectors.joining("; "));
      return errors.isEmpty()
          ? body.path("message").asText()
          : body.path("message").asText() + ": " + errors;
    } catch (ModelException e) {
      // A proxy on the way answers in HTML.
      return "";
    }
  }

  private static String error(JsonNode error) {
    if (error.isTextual()) {
      return error.asText();
    }
    return error.has("message")
        ? error.path("message").asText()
        : (error.path("field").asText() + " " + error.path("code").asText()).strip();
  }
}
