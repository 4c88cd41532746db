package dev.cloudmend.intake;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * AWS Config's events have only the name that somebody gave to a rule. Services that make rules
 * take the managed rule's name and put something of their own around it.
 */
final class ConfigRuleName {

  private static final List<Pattern> WRAPPINGS =
      List.of(
          Pattern.compile("(.+)-conformance-pack-[0-9a-z]+"),
          Pattern.compile("OrgConfigRule-(.+)-[0-9a-z]{8}"),
          Pattern.compile("securityhub-(.+)-[0-9a-z]{6,12}"));

  private ConfigRuleName() {}

  /** The name without what conformance packs, organisations and Security Hub put around it. */
  static String stripped(String name) {
    String inner = name;
    for (Pattern wrapping : WRAPPINGS) {
      Matcher matcher = wrapping.matcher(inner);
      if (matcher.matches()) {
        inner = matcher.group(1);
      }
    }
    return inner;
  }
}
