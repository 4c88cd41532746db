package dev.cloudmend.states.definition;

import dev.cloudmend.states.paths.PathSyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Task state calls.
 *
 * @param arn as the definition has it
 * @param service for example {@code lambda} or {@code aws-sdk:s3}
 * @param action for example {@code invoke}
 * @param waitForTaskToken whether the task ends only when somebody answers with its token
 * @param function whether the ARN is a Lambda function's own, called without an integration
 */
public record TaskResource(
    String arn, String service, String action, boolean waitForTaskToken, boolean function) {

  /** Longest time-out and wait that the language allows, about three years, in seconds. */
  public static final int MAX_SECONDS = 99_999_999;

  private static final String TOKEN_SUFFIX = ".waitForTaskToken";
  private static final Pattern FUNCTION =
      Pattern.compile(
          "arn:[a-z0-9-]+:lambda:[a-z0-9-]+:\\d{12}:function:[A-Za-z0-9_-]+(:[A-Za-z0-9_$-]+)?");
  private static final Pattern INTEGRATION =
      Pattern.compile(
          "arn:[a-z0-9-]+:states:[a-z0-9-]*:\\d*:((?:aws-sdk:)?[A-Za-z0-9-]+):([A-Za-z0-9]+)"
              + "((?:\\.[A-Za-z:0-9]+)?)");

  /**
   * Reads a Resource field.
   *
   * @throws PathSyntaxException when it is none, or one that is not supported
   */
  static TaskResource parse(String arn) {
    if (FUNCTION.matcher(arn).matches()) {
      return new TaskResource(arn, "lambda", "invoke", false, true);
    }
    if (arn.contains(":activity:")) {
      throw new PathSyntaxException("activities are not supported: '" + arn + "'");
    }
    Matcher matcher = INTEGRATION.matcher(arn);
    if (!matcher.matches()) {
      throw new PathSyntaxException(
          "must be arn:PARTITION:states:::SERVICE:ACTION or a Lambda function's ARN, but is '"
              + arn
              + "'");
    }
    String suffix = matcher.group(3);
    if (!suffix.isEmpty() && !suffix.equals(TOKEN_SUFFIX)) {
      throw new PathSyntaxException("'" + suffix + "' is not supported in '" + arn + "'");
    }
    return new TaskResource(arn, matcher.group(1), matcher.group(2), !suffix.isEmpty(), false);
  }

  /** The name under which a handler is looked up, for example {@code lambda:invoke}. */
  public String integration() {
    return service + ":" + action;
  }

  /** The resource as history events name it, for example {@code invoke.waitForTaskToken}. */
  public String historyName() {
    return waitForTaskToken ? action + TOKEN_SUFFIX : action;
  }
}
