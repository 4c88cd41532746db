package dev.cloudmend.intake;

import dev.cloudmend.model.Severity;
import java.util.Locale;

/** The words and numbers by which senders say how bad a finding is. */
final class Severities {

  private Severities() {}

  /** The severity of that name, whatever the case; OCSF's worst, {@code Fatal}, is CRITICAL. */
  static Severity of(String name) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "INFORMATIONAL" -> Severity.INFORMATIONAL;
      case "LOW" -> Severity.LOW;
      case "MEDIUM" -> Severity.MEDIUM;
      case "HIGH" -> Severity.HIGH;
      case "CRITICAL", "FATAL" -> Severity.CRITICAL;
      default -> Severity.UNKNOWN;
    };
  }

  /**
   * What Security Hub makes of {@code Severity.Normalized} where a finding has no label.
   *
   * @param normalized 0 to 100
   * @see <a
   *     href="https://docs.aws.amazon.com/securityhub/latest/userguide/asff-required-attributes.html">Required
   *     ASFF attributes</a>
   */
  static Severity ofNormalized(int normalized) {
    if (normalized < 0 || normalized > 100) {
      return Severity.UNKNOWN;
    }
    if (normalized == 0) {
      return Severity.INFORMATIONAL;
    }
    if (normalized < 40) {
      return Severity.LOW;
    }
    if (normalized < 70) {
      return Severity.MEDIUM;
    }
    return normalized < 90 ? Severity.HIGH : Severity.CRITICAL;
  }
}
