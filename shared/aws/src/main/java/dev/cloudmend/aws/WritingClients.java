package dev.cloudmend.aws;

import dev.cloudmend.aws.MemberAccounts.Role;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Clients of target accounts that may write. Only the remediator opens them; that is held by an
 * architecture test.
 *
 * <p>What it reads, it reads with clients of their own that carry the {@link ReadOnlyGuard}, and in
 * a member account through the role to read.
 */
public final class WritingClients implements AutoCloseable {

  private final AwsConnection connection;
  private final CallLimits limits;
  private final ClientFactory unguarded;
  private final RoleTaker roles;
  private final AccountReaders readers;
  private final Map<String, Member> members = new ConcurrentHashMap<>();

  private record Member(RoleCredentials credentials, ClientFactory clients) {}

  private WritingClients(AwsConnection connection, CallLimits limits, MemberAccounts members) {
    this.connection = connection;
    this.limits = limits;
    this.unguarded = new ClientFactory(connection, limits, Optional.empty());
    this.roles = new RoleTaker(connection, limits, members);
    this.readers = new AccountReaders(connection, limits, roles);
  }

  public static WritingClients open(AwsConnection connection) {
    return open(connection, CallLimits.STANDARD);
  }

  public static WritingClients open(AwsConnection connection, CallLimits limits) {
    return open(connection, limits, MemberAccounts.NONE);
  }

  public static WritingClients open(
      AwsConnection connection, CallLimits limits, MemberAccounts members) {
    return new WritingClients(connection, limits, members);
  }

  /** Writes to the account that the own credentials are of. Usable until {@link #close()}. */
  public AwsWriter writer() {
    return new Caller(unguarded)::call;
  }

  /** Reads of the own account, guarded as those of {@link AwsClients}. */
  public AwsReader reader() {
    return readers.own();
  }

  /** Reads of an account, as {@link AwsClients#reader(String)}. */
  public AwsReader reader(String account) {
    return readers.of(account);
  }

  /**
   * Writes to an account: to the own one with the own credentials, to a member account through its
   * role to write, which is taken before this returns. Usable until {@link #close()}.
   *
   * @param account twelve digits
   * @throws AccountException when the account is not to be reached; nothing was tried there
   * @throws AwsCallException when STS, or the place of the external ids, does not answer
   */
  public AwsWriter writer(String account) {
    if (readers.isOwn(account)) {
      return writer();
    }
    Member member = members.computeIfAbsent(account, this::member);
    member.credentials().resolveCredentials();
    var caller = new Caller(member.clients());
    String reached = caller.account();
    if (!reached.equals(account)) {
      throw new AccountException(
          "the role to write of account %s led to account %s; nothing was tried"
              .formatted(account, reached));
    }
    return caller::call;
  }

  @Override
  public void close() {
    unguarded.close();
    members.values().forEach(member -> member.clients().close());
    members.clear();
    readers.close();
    roles.close();
  }

  private Member member(String account) {
    var credentials = new RoleCredentials(roles, account, Role.WRITE);
    return new Member(
        credentials, new ClientFactory(connection, limits, Optional.empty(), credentials));
  }
}
