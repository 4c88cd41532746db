package dev.cloudmend.aws;

import java.util.Optional;

/**
 * Clients of a target account that may write. Only the remediator opens them; that is held by an
 * architecture test.
 *
 * <p>What it reads, it reads with clients of their own that carry the {@link ReadOnlyGuard}.
 */
public final class WritingClients implements AutoCloseable {

  private final ClientFactory unguarded;
  private final GuardedReader reader;

  private WritingClients(ClientFactory unguarded, GuardedReader reader) {
    this.unguarded = unguarded;
    this.reader = reader;
  }

  public static WritingClients open(AwsConnection connection) {
    return open(connection, CallLimits.STANDARD);
  }

  public static WritingClients open(AwsConnection connection, CallLimits limits) {
    return new WritingClients(
        new ClientFactory(connection, limits, Optional.empty()),
        new GuardedReader(connection, limits));
  }

  /** Writes to the account. Usable until {@link #close()}. */
  public AwsWriter writer() {
    return new Caller(unguarded)::call;
  }

  /** Reads of the account, guarded as those of {@link AwsClients}. */
  public AwsReader reader() {
    return reader;
  }

  @Override
  public void close() {
    unguarded.close();
    reader.close();
  }
}
