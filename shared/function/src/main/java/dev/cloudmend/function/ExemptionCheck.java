package dev.cloudmend.function;

import dev.cloudmend.aws.AwsCallException;
import dev.cloudmend.aws.AwsReader;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.Target;
import dev.cloudmend.model.Text;
import dev.cloudmend.playbooks.ResourceTags;
import dev.cloudmend.store.Exemption;
import dev.cloudmend.store.Store;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Whether a violation is to be left alone: by an exemption that a person added, or by the tag
 * {@code cloudmend:ignore} on the resource. Asked before a violation is claimed, and again right
 * before anything is written.
 *
 * <p>The tags are read live each time. Where they cannot be read, nobody knows, and the violation
 * is left alone as well.
 */
public final class ExemptionCheck {

  private static final int LONGEST = 300;

  private final Store store;
  private final Clock clock;

  /**
   * What was found out.
   *
   * @param exempt why the violation is to be left alone; empty where it may be mended
   * @param tags the resource's live tags; empty where they were not asked for, or cannot be read
   */
  public record Answer(Optional<Exempt> exempt, Map<String, String> tags) {

    public Answer {
      tags = Map.copyOf(tags);
    }

    private static Answer without(Exempt exempt) {
      return new Answer(Optional.of(exempt), Map.of());
    }
  }

  /**
   * Makes a check.
   *
   * @param clock the time that exemptions and opt-outs end by
   */
  public ExemptionCheck(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * Looks for a reason to leave a violation alone. An incident that an exemption stops is recorded
   * as held back by it, so that it is taken up again when the exemption is over.
   *
   * @param incidentId the incident that has to do with the violation
   * @param target the resource that violates
   * @param playbook the id of the playbook that would mend it
   * @param aws reads of the target's account
   * @throws AwsCallException when the tags cannot be read now and may be later
   */
  public Answer ask(String incidentId, Target target, String playbook, AwsReader aws) {
    Instant now = clock.instant();
    List<Exemption> fitting =
        store.exemptions().all().stream()
            .filter(e -> !now.isBefore(e.since()) && !e.isOver(now))
            .filter(e -> e.scope().fits(target.arn().toString(), target.account(), playbook))
            .toList();
    Optional<Exemption> certain = last(fitting, e -> !e.scope().asksForTags());
    if (certain.isPresent()) {
      return Answer.without(held(incidentId, certain.get()));
    }
    Optional<Map<String, String>> tags;
    try {
      tags = ResourceTags.of(target, aws);
    } catch (AwsCallException e) {
      if (e.isPassing()) {
        throw e;
      }
      return Answer.without(unknown(Text.shown(String.valueOf(e.getMessage()), LONGEST)));
    }
    if (tags.isEmpty()) {
      return Answer.without(unknown("nobody knows how those of " + target.arn() + " are read"));
    }
    Map<String, String> known = tags.get();
    return new Answer(
        last(fitting, e -> e.scope().fitsTags(known))
            .map(exemption -> held(incidentId, exemption))
            .or(
                () ->
                    OptOutTag.in(known, now).map(tag -> new Exempt(Outcome.IGNORED, tag.shown()))),
        known);
  }

  /** The one that ends last, so that what it holds back is not taken up for nothing. */
  private static Optional<Exemption> last(List<Exemption> byEnd, Predicate<Exemption> fits) {
    return byEnd.reversed().stream().filter(fits).findFirst();
  }

  private Exempt held(String incidentId, Exemption exemption) {
    store.exemptions().holdBack(exemption.id(), incidentId);
    return new Exempt(
        Outcome.IGNORED,
        "exception %s of %s holds until %s: %s"
            .formatted(
                exemption.id(),
                Text.shown(exemption.author(), LONGEST),
                exemption.until(),
                Text.shown(exemption.reason(), LONGEST)));
  }

  private static Exempt unknown(String why) {
    return new Exempt(
        Outcome.BLOCKED,
        "the resource's tags cannot be read, so nobody knows whether it is to be left alone ("
            + OptOutTag.KEY
            + "): "
            + why);
  }
}
