package dev.cloudmend.propener;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.CanonicalJson;
import dev.cloudmend.pullrequests.GitHubCredentials;

/**
 * Who asks GitHub.
 *
 * @param fingerprint tells one from another without its secret
 */
record Login(String fingerprint, GitHubCredentials credentials) {

  /** What a secret has to hold. */
  static final String FORM =
      "a JSON object, {\"token\": …} or {\"appId\": …, \"installationId\": …, \"privateKey\": …}"
          + " with an RSA key in PEM";

  static Login ofToken(String token) {
    return new Login(CanonicalJson.sha256(token), GitHubCredentials.token(token));
  }

  /**
   * Reads a secret.
   *
   * @throws IllegalArgumentException when it has another form; the message may tell of it
   */
  static Login of(ObjectNode secret) {
    if (secret.has("token") == secret.has("privateKey")) {
      throw new IllegalArgumentException("it is either a token or an App");
    }
    return new Login(
        CanonicalJson.sha256(secret.toString()),
        secret.has("token") ? GitHubCredentials.token(text(secret, "token")) : app(secret));
  }

  private static GitHubCredentials app(ObjectNode secret) {
    String issuer = text(secret, "appId");
    String key = text(secret, "privateKey");
    return secret.has("installationId")
        ? GitHubCredentials.app(issuer, key, Long.parseLong(text(secret, "installationId")))
        : GitHubCredentials.app(issuer, key);
  }

  /** An id is written as a number, or as the console of Secrets Manager does. */
  private static String text(ObjectNode secret, String name) {
    JsonNode value = secret.path(name);
    if (!value.isTextual() && !value.isIntegralNumber()) {
      throw new IllegalArgumentException(name + " is no text");
    }
    return value.asText();
  }
}
