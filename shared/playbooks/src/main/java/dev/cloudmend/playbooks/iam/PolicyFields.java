package dev.cloudmend.playbooks.iam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.playbooks.PasswordBaseline;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an account's password policy that UpdateAccountPasswordPolicy takes. It resets what
 * is left out, so all of them are sent; no expiry and no reuse prevention can only be said by
 * leaving them out.
 *
 * @param maxAge days, or absent for no expiry
 * @param reuse former passwords that are refused, or absent for none
 */
record PolicyFields(
    int length,
    boolean symbols,
    boolean numbers,
    boolean uppercase,
    boolean lowercase,
    boolean usersChange,
    boolean hardExpiry,
    @Nullable Integer maxAge,
    @Nullable Integer reuse) {

  /** The least length that AWS asks for where an account has no policy. */
  private static final int DEFAULT_LENGTH = 8;

  /** Of four character types, as many as AWS asks for where an account has no policy. */
  private static final int DEFAULT_TYPES = 3;

  /** Reads what GetAccountPasswordPolicy tells, which has a member more than can be written. */
  static PolicyFields of(JsonNode policy) {
    JsonNode length = policy.path("MinimumPasswordLength");
    if (!length.isIntegralNumber()) {
      throw new ModelException(
          "iam:GetAccountPasswordPolicy answered without MinimumPasswordLength");
    }
    return new PolicyFields(
        length.intValue(),
        policy.path("RequireSymbols").asBoolean(),
        policy.path("RequireNumbers").asBoolean(),
        policy.path("RequireUppercaseCharacters").asBoolean(),
        policy.path("RequireLowercaseCharacters").asBoolean(),
        policy.path("AllowUsersToChangePassword").asBoolean(),
        policy.path("HardExpiry").asBoolean(),
        positive(policy.path("MaxPasswordAge")),
        positive(policy.path("PasswordReusePrevention")));
  }

  /** The policy for an account that has none: the baseline, or AWS's default where that is more. */
  static PolicyFields first(PasswordBaseline baseline) {
    return new PolicyFields(
        Math.max(DEFAULT_LENGTH, baseline.minimumPasswordLength()),
        baseline.requireSymbols(),
        baseline.requireNumbers(),
        baseline.requireUppercaseCharacters(),
        baseline.requireLowercaseCharacters(),
        baseline.allowUsersToChangePassword(),
        false,
        baseline.maxPasswordAge(),
        baseline.passwordReusePrevention());
  }

  /**
   * Whether a first policy would drop more than it adds: AWS's default, three of four character
   * types, ends with it.
   */
  static boolean firstIsWeaker(PasswordBaseline baseline) {
    return baseline.requiredCharacterTypes() < DEFAULT_TYPES;
  }

  /** Whether AWS's default for accounts without a policy already is what the baseline asks for. */
  static boolean defaultIsEnough(PasswordBaseline baseline) {
    return baseline.minimumPasswordLength() <= DEFAULT_LENGTH
        && baseline.requiredCharacterTypes() == 0
        && baseline.maxPasswordAge() == null
        && baseline.passwordReusePrevention() == null;
  }

  /**
   * Field by field the stronger of this and the baseline. Whether users change their own password
   * and what happens on expiry stay: neither answer is the stronger one.
   */
  PolicyFields strengthened(PasswordBaseline baseline) {
    return new PolicyFields(
        Math.max(length, baseline.minimumPasswordLength()),
        symbols || baseline.requireSymbols(),
        numbers || baseline.requireNumbers(),
        uppercase || baseline.requireUppercaseCharacters(),
        lowercase || baseline.requireLowercaseCharacters(),
        usersChange,
        hardExpiry,
        smaller(maxAge, baseline.maxPasswordAge()),
        greater(reuse, baseline.passwordReusePrevention()));
  }

  /** Whether passwords that are valid under the other policy may be expired under this one. */
  boolean expiresSoonerThan(Optional<PolicyFields> other) {
    if (maxAge == null) {
      return false;
    }
    Integer former = other.map(PolicyFields::maxAge).orElse(null);
    return former == null || maxAge < former;
  }

  /** As UpdateAccountPasswordPolicy takes it; also the form of a change's states. */
  ObjectNode toJson() {
    ObjectNode json =
        Json.object()
            .put("MinimumPasswordLength", length)
            .put("RequireSymbols", symbols)
            .put("RequireNumbers", numbers)
            .put("RequireUppercaseCharacters", uppercase)
            .put("RequireLowercaseCharacters", lowercase)
            .put("AllowUsersToChangePassword", usersChange)
            .put("HardExpiry", hardExpiry);
    if (maxAge != null) {
      json.put("MaxPasswordAge", maxAge);
    }
    if (reuse != null) {
      json.put("PasswordReusePrevention", reuse);
    }
    return json;
  }

  private static @Nullable Integer positive(JsonNode number) {
    return number.isIntegralNumber() && number.intValue() > 0 ? number.intValue() : null;
  }

  private static @Nullable Integer smaller(@Nullable Integer one, @Nullable Integer other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return Math.min(one, other);
  }

  private static @Nullable Integer greater(@Nullable Integer one, @Nullable Integer other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return Math.max(one, other);
  }
}
