package dev.cloudmend.testing.github;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.testing.github.GitHubReply.Answer;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * A GitHub App that is installed once. It checks the App's own tokens as GitHub does, and gives out
 * tokens that are good for an hour.
 *
 * @see <a
 *     href="https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app">
 *     Generating a JSON Web Token for a GitHub App</a>
 */
final class FakeApp {

  static final long INSTALLATION = 4711;

  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final String issuer;
  private final PublicKey key;
  private final Clock clock;
  private final Map<String, Instant> tokens = new HashMap<>();
  private int given;

  FakeApp(String issuer, PublicKey key, Clock clock) {
    this.issuer = issuer;
    this.key = key;
    this.clock = clock;
  }

  /** Whether it is a token of an installation that GitHub still takes. */
  boolean hasGiven(String token) {
    Instant expiry = tokens.get(token);
    return expiry != null && clock.instant().isBefore(expiry);
  }

  void revoke() {
    tokens.clear();
  }

  Answer installation(String authorization) {
    requireApp(authorization);
    return GitHubReply.json(200, Json.object().put("id", INSTALLATION));
  }

  Answer token(String authorization, String installation) {
    requireApp(authorization);
    if (!installation.equals(String.valueOf(INSTALLATION))) {
      throw new RefusedException(GitHubReply.notFound());
    }
    given++;
    String token = "ghs_installation" + given;
    Instant expiry = clock.instant().plus(Duration.ofHours(1));
    tokens.put(token, expiry);
    return GitHubReply.json(
        201, Json.object().put("token", token).put("expires_at", expiry.toString()));
  }

  private void requireApp(String authorization) {
    if (!authorization.startsWith("Bearer ") || !isValid(authorization.substring(7))) {
      throw new RefusedException(GitHubReply.error(401, "A JSON web token could not be decoded"));
    }
  }

  private boolean isValid(String token) {
    int dot = token.lastIndexOf('.');
    int first = token.indexOf('.');
    if (first <= 0 || dot == first) {
      return false;
    }
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(key);
      signature.update(token.substring(0, dot).getBytes(UTF_8));
      JsonNode header = decoded(token.substring(0, first));
      JsonNode claims = decoded(token.substring(first + 1, dot));
      Instant expiry = Instant.ofEpochSecond(claims.path("exp").asLong());
      return signature.verify(Base64.getUrlDecoder().decode(token.substring(dot + 1)))
          && header.path("alg").asText().equals("RS256")
          && claims.path("iss").asText().equals(issuer)
          && !Instant.ofEpochSecond(claims.path("iat").asLong()).isAfter(clock.instant())
          && expiry.isAfter(clock.instant())
          && !expiry.isAfter(clock.instant().plus(LONGEST));
    } catch (GeneralSecurityException | IllegalArgumentException | ModelException e) {
      return false;
    }
  }

  private static JsonNode decoded(String part) {
    return Json.parse(new String(Base64.getUrlDecoder().decode(part), UTF_8));
  }
}
