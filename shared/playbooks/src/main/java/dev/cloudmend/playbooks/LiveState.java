package dev.cloudmend.playbooks;

import dev.cloudmend.aws.AwsCallException;
import dev.cloudmend.aws.AwsReader;
import dev.cloudmend.model.Assessment;
import java.util.Set;
import java.util.function.Supplier;

/** The door through which every playbook looks at live state. */
public final class LiveState {

  private static final Set<String> GONE = Set.of("NoSuchBucket", "InvalidGroup.NotFound");

  private LiveState() {}

  /**
   * Looks, when the credentials are of the account that the finding or change speaks of.
   *
   * @param account the account that is spoken of, twelve digits
   * @param aws reads with the credentials at hand
   * @param look what is done with them
   * @return {@code Blocked} without a look when they are of another account, {@code NotFound} when
   *     the service says that the resource is not there, else what the look gives
   * @throws AwsCallException when the account of the credentials cannot be told, or a read fails
   *     for another reason
   */
  public static Assessment of(String account, AwsReader aws, Supplier<Assessment> look) {
    String caller = aws.callerAccount();
    if (!caller.equals(account)) {
      return new Assessment.Blocked(
          "these credentials are of account "
              + caller
              + ", the finding speaks of account "
              + account
              + "; nothing was tried");
    }
    try {
      return look.get();
    } catch (AwsCallException e) {
      if (isGone(e)) {
        return new Assessment.NotFound("the resource is not there: the service says " + e.code());
      }
      throw e;
    }
  }

  static boolean isGone(AwsCallException e) {
    return GONE.contains(e.code());
  }
}
