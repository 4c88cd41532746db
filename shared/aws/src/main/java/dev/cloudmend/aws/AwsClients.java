package dev.cloudmend.aws;

import java.util.List;

/**
 * Read-only clients of a target account: of a dry run, of every assessment, of everything that is
 * not the remediator. Each carries the {@link ReadOnlyGuard}.
 *
 * <p>Clients are built when they are first needed, one per service and region, and are safe for use
 * by several threads.
 */
public final class AwsClients implements AutoCloseable {

  private final GuardedReader reader;

  private AwsClients(GuardedReader reader) {
    this.reader = reader;
  }

  public static AwsClients open(AwsConnection connection) {
    return open(connection, CallLimits.STANDARD);
  }

  public static AwsClients open(AwsConnection connection, CallLimits limits) {
    return new AwsClients(new GuardedReader(connection, limits));
  }

  /** Reads of the account. Usable until {@link #close()}. */
  public AwsReader readOnly() {
    return reader;
  }

  /**
   * A writer for a run that must not write. The guard refuses each write before it is sent, with
   * {@link AwsCallException.Kind#REFUSED}. Usable until {@link #close()}.
   */
  public AwsWriter refusedWriter() {
    return reader::read;
  }

  /** The operations that the guard refused, such as {@code s3:PutBucketPolicy}. */
  public List<String> refused() {
    return reader.guard().refused();
  }

  @Override
  public void close() {
    reader.close();
  }
}
