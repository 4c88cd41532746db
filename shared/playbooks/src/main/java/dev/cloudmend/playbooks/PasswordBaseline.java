package dev.cloudmend.playbooks;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.model.Text;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an account's password policy has to ask for at least. A policy that is stricter in a field
 * keeps it.
 *
 * <p>The limits are those of IAM's UpdateAccountPasswordPolicy. In JSON a member that is left out
 * is as in {@link #DEFAULT}, and null means that it is not asked for.
 *
 * @param minimumPasswordLength characters, 6 to 128
 * @param passwordReusePrevention how many former passwords are refused, 1 to 24; absent = not asked
 *     for
 * @param requireSymbols whether a password needs a symbol
 * @param requireNumbers whether a password needs a digit
 * @param requireUppercaseCharacters whether a password needs A to Z
 * @param requireLowercaseCharacters whether a password needs a to z
 * @param maxPasswordAge days until a password expires, 1 to 1095; absent = not asked for
 * @param allowUsersToChangePassword whether users may change their own password; holds for an
 *     account that has no policy yet, an existing policy keeps its own answer, because neither
 *     answer is the stricter one
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html">UpdateAccountPasswordPolicy</a>
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record PasswordBaseline(
    int minimumPasswordLength,
    @Nullable Integer passwordReusePrevention,
    boolean requireSymbols,
    boolean requireNumbers,
    boolean requireUppercaseCharacters,
    boolean requireLowercaseCharacters,
    @Nullable Integer maxPasswordAge,
    boolean allowUsersToChangePassword) {

  /**
   * CIS AWS Foundations v3.0, 1.8 and 1.9, and the character types of Security Hub's IAM.7. No
   * expiry: CIS dropped it with v1.4.
   */
  public static final PasswordBaseline DEFAULT =
      new PasswordBaseline(14, 24, true, true, true, true, null, true);

  private static final String LENGTH = "minimumPasswordLength";
  private static final String REUSE = "passwordReusePrevention";
  private static final String SYMBOLS = "requireSymbols";
  private static final String NUMBERS = "requireNumbers";
  private static final String UPPERCASE = "requireUppercaseCharacters";
  private static final String LOWERCASE = "requireLowercaseCharacters";
  private static final String AGE = "maxPasswordAge";
  private static final String CHANGE = "allowUsersToChangePassword";
  private static final Set<String> KNOWN =
      Set.of(LENGTH, REUSE, SYMBOLS, NUMBERS, UPPERCASE, LOWERCASE, AGE, CHANGE);

  public PasswordBaseline {
    limit(LENGTH, minimumPasswordLength, 6, 128);
    limit(REUSE, passwordReusePrevention, 1, 24);
    limit(AGE, maxPasswordAge, 1, 1095);
  }

  /** How many of the four character types a password needs. */
  public int requiredCharacterTypes() {
    return (requireSymbols ? 1 : 0)
        + (requireNumbers ? 1 : 0)
        + (requireUppercaseCharacters ? 1 : 0)
        + (requireLowercaseCharacters ? 1 : 0);
  }

  static PasswordBaseline read(JsonNode tree, String pointer, List<String> problems) {
    if (!(tree instanceof ObjectNode object)) {
      problems.add(pointer + ": expected an object");
      return DEFAULT;
    }
    Baselines.rejectUnknown(object, KNOWN, pointer, problems);
    var read = new Reader(object, pointer, problems);
    Integer length = read.number(LENGTH, 6, 128, DEFAULT.minimumPasswordLength());
    if (length == null) {
      problems.add(pointer + "/" + LENGTH + ": expected a whole number, found null");
      length = DEFAULT.minimumPasswordLength();
    }
    return new PasswordBaseline(
        length,
        read.number(REUSE, 1, 24, DEFAULT.passwordReusePrevention()),
        read.flag(SYMBOLS, DEFAULT.requireSymbols()),
        read.flag(NUMBERS, DEFAULT.requireNumbers()),
        read.flag(UPPERCASE, DEFAULT.requireUppercaseCharacters()),
        read.flag(LOWERCASE, DEFAULT.requireLowercaseCharacters()),
        read.number(AGE, 1, 1095, DEFAULT.maxPasswordAge()),
        read.flag(CHANGE, DEFAULT.allowUsersToChangePassword()));
  }

  private static void limit(String name, @Nullable Integer value, int least, int most) {
    if (value != null && (value < least || value > most)) {
      throw new ModelException(name + " is " + value + "; expected " + least + " to " + most);
    }
  }

  private record Reader(ObjectNode object, String pointer, List<String> problems) {

    /** A JSON null takes the demand away; a missing member leaves the default. */
    @Nullable Integer number(String name, int least, int most, @Nullable Integer otherwise) {
      JsonNode value = object.path(name);
      if (value.isMissingNode()) {
        return otherwise;
      }
      if (value.isNull()) {
        return null;
      }
      if (value.isIntegralNumber()
          && value.canConvertToInt()
          && value.intValue() >= least
          && value.intValue() <= most) {
        return value.intValue();
      }
      reject(name, "a whole number from " + least + " to " + most, value);
      return otherwise;
    }

    boolean flag(String name, boolean otherwise) {
      JsonNode value = object.path(name);
      if (!value.isMissingNode() && !value.isBoolean()) {
        reject(name, "true or false", value);
      }
      return value.asBoolean(otherwise);
    }

    private void reject(String name, String expected, JsonNode found) {
      problems.add(
          pointer
              + "/"
              + name
              + ": expected "
              + expected
              + ", found "
              + Text.shown(found.toString(), 80));
    }
  }
}
