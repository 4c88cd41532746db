package dev.cloudmend.remediator;

import dev.cloudmend.aws.AccountException;
import dev.cloudmend.aws.AwsCallException;
import dev.cloudmend.aws.AwsClients;
import dev.cloudmend.aws.AwsConnection;
import dev.cloudmend.aws.AwsReader;
import dev.cloudmend.aws.AwsWriter;
import dev.cloudmend.aws.CallLimits;
import dev.cloudmend.aws.MemberAccounts;
import dev.cloudmend.aws.WritingClients;
import java.util.function.Function;

/**
 * The clients of target accounts. This is the one place that decides whether there is a writer at
 * all: a dry run has one that the read-only guard refuses everything, and takes no role to write.
 *
 * @param readers account to reads of it, guarded in every run
 * @param writers account to writes to it in a live run; in a dry run nothing that it is told leaves
 *     the machine
 */
record TargetAccess(
    Function<String, AwsReader> readers, Function<String, AwsWriter> writers, Runnable closing)
    implements AutoCloseable {

  static TargetAccess open(AwsConnection connection, MemberAccounts members, boolean live) {
    if (live) {
      WritingClients clients = WritingClients.open(connection, CallLimits.STANDARD, members);
      return new TargetAccess(clients::reader, clients::writer, clients::close);
    }
    AwsClients clients = AwsClients.open(connection, CallLimits.STANDARD, members);
    return new TargetAccess(clients::reader, account -> clients.refusedWriter(), clients::close);
  }

  AwsReader reader(String account) {
    return readers.apply(account);
  }

  /**
   * Writes to an account, which is entered before this returns.
   *
   * @throws AccountException when the account is not to be reached
   * @throws AwsCallException when that cannot be told now
   */
  AwsWriter writer(String account) {
    return writers.apply(account);
  }

  @Override
  public void close() {
    closing.run();
  }
}
