package dev.cloudmend.propener;

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

  @Override
  public String toString() {
    return "GitHubSettings[" + address + ", " + secret + "]";
  }
}
