package dev.cloudmend.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.aws.MemberAccounts.Role;
import dev.cloudmend.model.ApiCall;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/** Guarded reads of the own account and, through the role to read, of member accounts. */
final class AccountReaders implements AutoCloseable {

  private final AwsConnection connection;
  private final CallLimits limits;
  private final TargetCredentials ownCredentials;
  private final GuardedReader own;
  private final RoleTaker roles;
  private final Map<String, Member> members = new ConcurrentHashMap<>();

  private record Member(RoleCredentials credentials, GuardedReader reader) {}

  AccountReaders(AwsConnection connection, CallLimits limits, RoleTaker roles) {
    this.connection = connection;
    this.limits = limits;
    this.roles = roles;
    this.ownCredentials = TargetCredentials.of(connection);
    this.own = new GuardedReader(connection, limits, ownCredentials);
  }

  GuardedReader own() {
    return own;
  }

  /**
   * Whether the own credentials are of the account.
   *
   * @throws AccountException when they are not and it is no member account
   * @throws AwsCallException when STS does not tell
   */
  boolean isOwn(String account) {
    String caller = own.callerAccount();
    if (caller.equals(account)) {
      return true;
    }
    roles.checkMember(account, caller);
    return false;
  }

  /** Reads of an account. Each of its methods may throw an {@link AccountException}. */
  AwsReader of(String account) {
    return new AccountReader(account);
  }

  /**
   * What reads of an account are signed with.
   *
   * @throws AccountException as {@link #isOwn} does, and when the account's role cannot be taken
   * @throws AwsCallException when STS does not tell
   */
  AwsCredentials credentials(String account) {
    return isOwn(account)
        ? ownCredentials.resolveCredentials()
        : members.computeIfAbsent(account, this::member).credentials().resolveCredentials();
  }

  @Override
  public void close() {
    own.close();
    members.values().forEach(member -> member.reader().close());
    members.clear();
  }

  private GuardedReader entered(String account) {
    if (isOwn(account)) {
      return own;
    }
    Member member = members.computeIfAbsent(account, this::member);
    // Here and not in the middle of a call, which has a time limit of its own.
    member.credentials().resolveCredentials();
    return member.reader();
  }

  private Member member(String account) {
    var credentials = new RoleCredentials(roles, account, Role.READ);
    return new Member(credentials, new GuardedReader(connection, limits, credentials));
  }

  /** Enters the account when it is first read, so that a refusal is that read's. */
  private final class AccountReader implements AwsReader {

    private final String account;

    AccountReader(String account) {
      this.account = account;
    }

    @Override
    public String callerAccount() {
      return entered(account).callerAccount();
    }

    @Override
    public ObjectNode read(ApiCall call) {
      return entered(account).read(call);
    }

    @Override
    public List<JsonNode> readAll(ApiCall call, String member) {
      return entered(account).readAll(call, member);
    }
  }
}
