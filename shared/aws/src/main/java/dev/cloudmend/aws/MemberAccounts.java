package dev.cloudmend.aws;

import dev.cloudmend.model.Arn;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.model.Text;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * Other accounts that are read and written, each through roles of its own. Any account that is
 * neither listed here nor that of the own credentials is not reached at all.
 *
 * @param accounts twelve digits each
 * @param prefix begins the roles' names: {@code <prefix>-member-read} and {@code
 *     <prefix>-member-write}
 * @param externalIds what has to be said to take the roles
 * @param session the name that the accounts' trails show for calls with these roles; for people,
 *     since any caller may choose any name
 */
public record MemberAccounts(
    Set<String> accounts, String prefix, ExternalIds externalIds, String session) {

  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9+=,.@_-]{1,50}");
  private static final Pattern SESSION = Pattern.compile("[A-Za-z0-9+=,.@_-]{2,64}");

  /** No account but that of the own credentials. */
  public static final MemberAccounts NONE =
      new MemberAccounts(Set.of(), "cloudmend", account -> Optional.empty(), "cloudmend");

  /** What a role of a member account is for. */
  enum Role {
    READ("read"),
    WRITE("write");

    private final String suffix;

    Role(String suffix) {
      this.suffix = suffix;
    }
  }

  /**
   * Checks the form of all of it.
   *
   * @throws ModelException when an account is not twelve digits, or a name cannot be part of a
   *     role's or a session's
   */
  public MemberAccounts {
    accounts = Set.copyOf(accounts);
    accounts.forEach(Arn::checkAccount);
    check(PREFIX, prefix, "prefix of the member roles", "letters, digits and + = , . @ _ -");
    check(SESSION, session, "session's name", "2 to 64 letters, digits and + = , . @ _ -");
  }

  /** The same accounts, entered under another session's name. */
  public MemberAccounts as(String otherSession) {
    return new MemberAccounts(accounts, prefix, externalIds, otherSession);
  }

  /**
   * The ARN of an account's role.
   *
   * @param region a region of the partition that the account is in
   */
  String roleArn(String account, Role role, String region) {
    return "arn:%s:iam::%s:role/%s-member-%s"
        .formatted(PartitionMetadata.of(Region.of(region)).id(), account, prefix, role.suffix);
  }

  private static void check(Pattern form, String text, String what, String expected) {
    if (!form.matcher(text).matches()) {
      throw new ModelException(
          "the %s '%s' is not valid; expected %s".formatted(what, Text.shown(text, 80), expected));
    }
  }
}
