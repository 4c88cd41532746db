package dev.cloudmend.aws;

import java.util.List;

/**
 * Read-only clients of target accounts: of a dry run, of every assessment, of everything that is
 * not the remediator. Each carries the {@link ReadOnlyGuard}.
 *
 * <p>Clients are built when they are first needed, one per account, service and region, and are
 * safe for use by several threads.
 */
public final class AwsClients implements AutoCloseable {

  private final RoleTaker roles;
  private final AccountReaders readers;
  private final ConfigRules configRules;

  private AwsClients(AwsConnection connection, CallLimits limits, MemberAccounts members) {
    this.roles = new RoleTaker(connection, limits, members);
    this.readers = new AccountReaders(connection, limits, roles);
    this.configRules = new SignedConfigRules(connection, limits, readers);
  }

  public static AwsClients open(AwsConnection connection) {
    return open(connection, CallLimits.STANDARD);
  }

  public static AwsClients open(AwsConnection connection, CallLimits limits) {
    return open(connection, limits, MemberAccounts.NONE);
  }

  public static AwsClients open(
      AwsConnection connection, CallLimits limits, MemberAccounts members) {
    return new AwsClients(connection, limits, members);
  }

  /** Reads of the account that the own credentials are of. Usable until {@link #close()}. */
  public AwsReader readOnly() {
    return readers.own();
  }

  /**
   * Reads of an account: the own one with the own credentials, a member account through its role to
   * read. Nothing is sent before the first read; one that cannot reach the account throws an {@link
   * AccountException}. Usable until {@link #close()}.
   *
   * @param account twelve digits
   */
  public AwsReader reader(String account) {
    return readers.of(account);
  }

  /** The rules of AWS Config in the accounts that {@link #reader} reads, with the same rights. */
  public ConfigRules configRules() {
    return configRules;
  }

  /**
   * A writer for a run that must not write. The guard refuses each write before it is sent, with
   * {@link AwsCallException.Kind#REFUSED}. Usable until {@link #close()}.
   */
  public AwsWriter refusedWriter() {
    return readers.own()::read;
  }

  /** The operations that the guard refused, such as {@code s3:PutBucketPolicy}. */
  public List<String> refused() {
    return readers.own().guard().refused();
  }

  @Override
  public void close() {
    readers.close();
    roles.close();
  }
}
