package dev.cloudmend.endpoint.events;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An event bus.
 *
 * @param account twelve digits
 */
record Bus(String account, String region, String name) {

  static final String DEFAULT = "default";

  private static final Pattern ARN =
      Pattern.compile("arn:aws[a-z-]*:events:([a-z0-9-]+):(\\d{12}):event-bus/(.+)");

  /** The bus that a name or an ARN means. */
  static Bus of(String nameOrArn, String account, String region) {
    Matcher matcher = ARN.matcher(nameOrArn);
    return matcher.matches()
        ? new Bus(matcher.group(2), matcher.group(1), matcher.group(3))
        : new Bus(account, region, nameOrArn.isEmpty() ? DEFAULT : nameOrArn);
  }

  static boolean isArn(String text) {
    return ARN.matcher(text).matches();
  }
}
