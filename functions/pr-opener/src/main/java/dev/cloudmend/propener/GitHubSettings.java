package dev.cloudmend.propener;

import io.micronaut.context.env.Environment;
import java.util.Optional;

/**
 * How GitHub is reached, as it is set. Nothing is checked or read before it is needed: without
 * GitHub the function still says why there is no pull request.
 *
 * @param address {@code cloudmend.github.address}: the API's, where it is not github.com's
 * @param secret {@code cloudmend.github.secret}: the ARN of the Secrets Manager secret that holds
 *     who asks
 * @param secretEndpoint {@code cloudmend.github.secret-endpoint}: a Secrets Manager to use instead
 *     of AWS's; else {@code AWS_ENDPOINT_URL}
 * @param token {@code cloudmend.github.token}: a token itself, for one machine
 */
record GitHubSettings(
    Optional<String> address,
    Optional<String> secret,
    Optional<String> secretEndpoint,
    Optional<String> token) {

  static GitHubSettings of(Environment environment) {
    return new GitHubSettings(
        text(environment, "cloudmend.github.address"),
        text(environment, "cloudmend.github.secret"),
        text(environment, "cloudmend.github.secret-endpoint")
            .or(() -> text(environment, "aws.endpoint.url")),
        text(environment, "cloudmend.github.token"));
  }

  @Override
  public String toString() {
    return "GitHubSettings[" + address + ", " + secret + "]";
  }

  private static Optional<String> text(Environment environment, String name) {
    return environment.getProperty(name, String.class).filter(s -> !s.isBlank());
  }
}
