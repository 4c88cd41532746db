package dev.cloudmend.endpoint.lambda;

import dev.cloudmend.endpoint.ServiceException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which function is meant.
 *
 * @param account twelve digits
 * @param name without qualifier
 * @param qualifier a version or an alias
 */
record FunctionName(
    String partition, String account, String region, String name, Optional<String> qualifier) {

  private static final Pattern FORM =
      Pattern.compile(
          "(?:arn:(?<partition>aws[a-z-]*):lambda:(?<region>[a-z0-9-]+):)?"
              + "(?:(?<account>\\d{12}):function:)?(?<name>[A-Za-z0-9_-]{1,64})"
              + "(?::(?<qualifier>\\$LATEST|[A-Za-z0-9_-]{1,128}))?");

  /**
   * Reads a name, a partial ARN or an ARN, each with or without a qualifier.
   *
   * @param account the caller's, for a name that says none
   * @param region the call's, for a name that says none
   * @throws ServiceException ValidationException when it is none
   */
  static FunctionName parse(String text, String account, String region) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new ServiceException(
          400,
          "ValidationException",
          "1 validation error detected: Value at 'functionName' failed to satisfy constraint:"
              + " Member must be a function's name or ARN");
    }
    return new FunctionName(
        Optional.ofNullable(matcher.group("partition")).orElse("aws"),
        Optional.ofNullable(matcher.group("account")).orElse(account),
        Optional.ofNullable(matcher.group("region")).orElse(region),
        matcher.group("name"),
        Optional.ofNullable(matcher.group("qualifier")));
  }

  FunctionName withQualifier(String other) {
    return new FunctionName(partition, account, region, name, Optional.of(other));
  }

  /** The ARN, with the qualifier when there is one. */
  String arn() {
    return "arn:"
        + partition
        + ":lambda:"
        + region
        + ":"
        + account
        + ":function:"
        + name
        + qualifier.map(q -> ":" + q).orElse("");
  }
}
