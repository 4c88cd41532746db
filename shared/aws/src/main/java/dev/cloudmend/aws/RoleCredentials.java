package dev.cloudmend.aws;

import dev.cloudmend.aws.MemberAccounts.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** The credentials of one role of a member account, taken when needed and again before they end. */
final class RoleCredentials implements AwsCredentialsProvider {

  /** Longer than a function runs, so that they do not end in the middle of a change. */
  private static final Duration MARGIN = Duration.ofMinutes(5);

  private final RoleTaker taker;
  private final String account;
  private final Role role;
  private Optional<RoleTaker.Session> session = Optional.empty();

  RoleCredentials(RoleTaker taker, String account, Role role) {
    this.taker = taker;
    this.account = account;
    this.role = role;
  }

  /**
   * Gives the credentials.
   *
   * @throws AwsCallException as {@link RoleTaker#take}
   */
  @Override
  public synchronized AwsCredentials resolveCredentials() {
    Instant needed = Instant.now().plus(MARGIN);
    RoleTaker.Session current =
        session
            .filter(s -> s.expiresAt().isAfter(needed))
            .orElseGet(() -> taker.take(account, role));
    session = Optional.of(current);
    return current.credentials();
  }
}
