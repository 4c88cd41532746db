package dev.cloudmend.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.model.Breaker;
import dev.cloudmend.model.Limits;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;

/** Reads what keeps live changes from running away: limits and breaker. */
final class BrakesReader {

  private static final String LIMITS = "/limits";
  private static final String BREAKER = "/breaker";
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST_BUDGET = Duration.ofDays(7);

  /** As long as fixes are remembered. */
  private static final Duration LONGEST_BREAKER = Duration.ofDays(90);

  private final YamlDocument document;
  private final List<ConfigurationProblem> found;

  /**
   * Reads a document.
   *
   * @param found what the schema found, and where problems are added
   */
  BrakesReader(YamlDocument document, List<ConfigurationProblem> found) {
    this.document = document;
    this.found = found;
  }

  Limits limits() {
    if (isRefused(LIMITS)) {
      return Limits.DEFAULT;
    }
    JsonNode tree = document.tree().at(LIMITS);
    return new Limits(
        tree.path("perAccount").asInt(Limits.DEFAULT.perAccount()),
        tree.path("perPlaybook").asInt(Limits.DEFAULT.perPlaybook()),
        tree.path("total").asInt(Limits.DEFAULT.total()),
        window(LIMITS, Limits.DEFAULT.window(), LONGEST_BUDGET));
  }

  Breaker breaker() {
    if (isRefused(BREAKER)) {
      return Breaker.DEFAULT;
    }
    return new Breaker(
        document.tree().at(BREAKER).path("fixes").asInt(Breaker.DEFAULT.fixes()),
        window(BREAKER, Breaker.DEFAULT.window(), LONGEST_BREAKER));
  }

  /** What the schema refused is not said once more in other words. */
  private boolean isRefused(String member) {
    return found.stream()
        .anyMatch(p -> p.pointer().equals(member) || p.pointer().startsWith(member + "/"));
  }

  private Duration window(String of, Duration standard, Duration longest) {
    String pointer = of + "/window";
    JsonNode text = document.tree().at(pointer);
    if (text.isMissingNode()) {
      return standard;
    }
    try {
      Duration window = Duration.parse(text.asText());
      if (window.compareTo(SHORTEST) >= 0 && window.compareTo(longest) <= 0) {
        return window;
      }
    } catch (DateTimeParseException e) {
      // The schema lets through a P or a T with nothing behind it; it is said below.
    }
    found.add(
        document.problem(
            pointer,
            "is '" + text.asText() + "'",
            "a duration from PT1M to P" + longest.toDays() + "D"));
    return standard;
  }
}
