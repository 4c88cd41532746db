package dev.cloudmend.aws;

import java.util.Optional;

/**
 * The external ids of member accounts: what has to be said to take a role there.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html">The confused
 *     deputy problem</a>
 */
@FunctionalInterface
public interface ExternalIds {

  /**
   * The external id of an account; empty where there is none.
   *
   * @param account twelve digits
   * @throws AwsCallException when it cannot be read; the message never holds an external id
   */
  Optional<String> of(String account);
}
