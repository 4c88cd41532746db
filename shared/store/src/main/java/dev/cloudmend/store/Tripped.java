package dev.cloudmend.store;

import dev.cloudmend.model.Breaker;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Text;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A breaker that is tripped: somebody takes a fix back as often as it is made.
 *
 * @param breaker the one that is configured
 * @param fixes the fixes that tripped it, the latest first
 */
public record Tripped(Breaker breaker, List<Fix> fixes) {

  private static final int MOST_SHOWN = 5;
  private static final int LONGEST = 200;

  public Tripped {
    fixes = List.copyOf(fixes);
  }

  /** The tripped breaker of a change's resource and playbook, where it is tripped. */
  public static Optional<Tripped> of(
      Histories histories, Change change, Breaker breaker, Instant now) {
    List<Fix> fixes =
        histories.fixesSince(change.target().key(), change.playbook(), now.minus(breaker.window()));
    return fixes.size() < breaker.fixes()
        ? Optional.empty()
        : Optional.of(new Tripped(breaker, fixes));
  }

  /** Both sides in one sentence: who made the fixes, and who broke it each time. */
  public String told() {
    String more = fixes.size() > MOST_SHOWN ? ", and others before" : "";
    return "fixed %d times within %s and broken again: fixed by %s; broken by %s%s"
        .formatted(
            fixes.size(),
            breaker.window(),
            fixes.stream()
                .map(fix -> Text.shown(fix.by(), LONGEST))
                .distinct()
                .limit(MOST_SHOWN)
                .collect(Collectors.joining(", ")),
            fixes.stream()
                .limit(MOST_SHOWN)
                .map(fix -> Text.shown(fix.brokenBy(), LONGEST) + " before " + fix.at())
                .collect(Collectors.joining(", ")),
            more);
  }
}
