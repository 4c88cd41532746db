package dev.cloudmend.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * An Amazon Resource Name, {@code arn:partition:service:region:account:resource}.
 *
 * <p>An account itself is {@code arn:aws:iam::<account>:root}; Security Hub's {@code
 * AWS::::Account:<account>} is read as that.
 *
 * @param partition {@code aws}, {@code aws-cn}, {@code aws-us-gov}, …
 * @param service the service's namespace, such as {@code s3}
 * @param region the region, or empty where the ARN has none
 * @param account twelve digits, {@code aws} for what AWS owns, or empty where the ARN has none
 * @param resource everything after the account, such as {@code security-group/sg-1}
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html">Amazon
 *     Resource Names</a>
 */
public record Arn(
    String partition, String service, String region, String account, String resource) {

  private static final int LONGEST = 2048;
  private static final Pattern PARTITION = Pattern.compile("aws(-[a-z0-9]+)*");
  private static final Pattern SERVICE = Pattern.compile("[a-z0-9][a-z0-9-]*");
  private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-\\d+");
  private static final Pattern ACCOUNT = Pattern.compile("\\d{12}|aws");
  private static final Pattern ACCOUNT_ID = Pattern.compile("\\d{12}");
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029]");
  private static final String SECURITY_HUB_ACCOUNT = "AWS::::Account:";

  public Arn {
    check(
        PARTITION.matcher(partition).matches(),
        "partition",
        partition,
        "aws, aws-cn, aws-us-gov, …");
    check(SERVICE.matcher(service).matches(), "service", service, "a service name such as s3");
    check(
        region.isEmpty() || REGION.matcher(region).matches(),
        "region",
        region,
        "a region or nothing");
    check(
        account.isEmpty() || ACCOUNT.matcher(account).matches(),
        "account",
        account,
        "twelve digits or nothing");
    check(
        !resource.isEmpty() && !CONTROL.matcher(resource).find(),
        "resource",
        resource,
        "a name without control characters");
  }

  /**
   * Reads an ARN.
   *
   * @throws ModelException when it is not one; the message names the part and what was expected
   */
  @JsonCreator
  public static Arn parse(String text) {
    if (text.length() > LONGEST) {
      throw new ModelException(
          "has " + text.length() + " characters; an ARN has at most " + LONGEST);
    }
    if (text.startsWith(SECURITY_HUB_ACCOUNT)) {
      return ofAccount("aws", text.substring(SECURITY_HUB_ACCOUNT.length()));
    }
    String[] parts = text.split(":", 6);
    if (parts.length < 6 || !parts[0].equals("arn")) {
      throw new ModelException(
          "'"
              + Text.shown(text, 200)
              + "' is not an ARN; expected arn:partition:service:region:account:resource");
    }
    return new Arn(parts[1], parts[2], parts[3], parts[4], parts[5]);
  }

  /** The ARN that stands for a whole account. */
  public static Arn ofAccount(String partition, String account) {
    return new Arn(partition, "iam", "", checkAccount(account), "root");
  }

  /** Whether this ARN stands for a whole account. */
  public boolean isAccount() {
    return service.equals("iam") && resource.equals("root") && !account.isEmpty();
  }

  /** Returns the text when it is an account id, twelve digits. */
  public static String checkAccount(String text) {
    check(ACCOUNT_ID.matcher(text).matches(), "account", text, "twelve digits");
    return text;
  }

  /** Returns the text when it has the form of a region's name. */
  public static String checkRegion(String text) {
    check(REGION.matcher(text).matches(), "region", text, "a region such as us-east-1");
    return text;
  }

  @JsonValue
  @Override
  public String toString() {
    return String.join(":", "arn", partition, service, region, account, resource);
  }

  private static void check(boolean holds, String part, String seen, String expected) {
    if (!holds) {
      throw new ModelException(
          "the " + part + " '" + Text.shown(seen, 80) + "' is not valid; expected " + expected);
    }
  }
}
