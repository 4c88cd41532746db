package dev.cloudmend.endpoint.states;

import dev.cloudmend.endpoint.ServiceException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ARN of a state machine, of a version or of an alias.
 *
 * @param machine without version and alias
 * @param qualifier a version's number or an alias's name
 */
record MachineArn(
    String machine, String region, String account, String name, Optional<String> qualifier) {

  private static final Pattern PATTERN =
      Pattern.compile(
          "(arn:[a-z0-9-]+:states:([a-z0-9-]+):(\\d{12}):stateMachine:([^:]{1,80}))(?::([^:]+))?");

  /**
   * Reads it.
   *
   * @throws ServiceException InvalidArn
   */
  static MachineArn parse(String arn) {
    Matcher matcher = PATTERN.matcher(arn);
    if (!matcher.matches()) {
      throw new ServiceException(400, "InvalidArn", "Invalid Arn: '" + arn + "'");
    }
    return new MachineArn(
        matcher.group(1),
        matcher.group(2),
        matcher.group(3),
        matcher.group(4),
        Optional.ofNullable(matcher.group(5)));
  }

  boolean isVersion() {
    return qualifier.filter(text -> text.chars().allMatch(Character::isDigit)).isPresent();
  }

  boolean isAlias() {
    return qualifier.isPresent() && !isVersion();
  }

  @Override
  public String toString() {
    return machine + qualifier.map(text -> ":" + text).orElse("");
  }
}
