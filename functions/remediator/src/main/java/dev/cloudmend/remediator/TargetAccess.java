package dev.cloudmend.remediator;

import dev.cloudmend.aws.AwsClients;
import dev.cloudmend.aws.AwsConnection;
import dev.cloudmend.aws.AwsReader;
import dev.cloudmend.aws.AwsWriter;
import dev.cloudmend.aws.WritingClients;

/**
 * The clients of the target account. This is the one place that decides whether there is a writer
 * at all: a dry run has one that the read-only guard refuses everything.
 *
 * @param reader reads, guarded in every run
 * @param writer writes in a live run; in a dry run nothing that it is told leaves the machine
 */
record TargetAccess(AwsReader reader, AwsWriter writer, Runnable closing) implements AutoCloseable {

  static TargetAccess open(AwsConnection connection, boolean live) {
    if (live) {
      WritingClients clients = WritingClients.open(connection);
      return new TargetAccess(clients.reader(), clients.writer(), clients::close);
    }
    AwsClients clients = AwsClients.open(connection);
    return new TargetAccess(clients.readOnly(), clients.refusedWriter(), clients::close);
  }

  @Override
  public void close() {
    closing.run();
  }
}
