package dev.cloudmend.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.playbooks.Catalogue;
import dev.cloudmend.playbooks.Playbook;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Event to incidents, grouped by resource; a group's incidents run one after another. */
public final class Intake {

  private final List<Source> sources;
  private final Set<String> trustedSenders;

  /**
   * Makes the intake.
   *
   * @param catalogue the playbooks that checks and changes are met with
   * @param ownRoles ARNs of roles whose changes are Cloudmend's own
   * @param trustedSenders accounts whose events may speak of other accounts
   */
  public Intake(Catalogue catalogue, Set<String> ownRoles, Set<String> trustedSenders) {
    this.sources = List.of(new VantaSource(catalogue), new CloudTrailSource(catalogue, ownRoles));
    this.trustedSenders = Set.copyOf(trustedSenders);
  }

  /**
   * Reads one event.
   *
   * @throws UnreadableEventException when it cannot be read; with every problem that was seen
   */
  public Resources read(ObjectNode event, RunOptions run) {
    var reader = new EventReader(event);
    Envelope envelope = Envelope.read(reader);
    Source source =
        sources.stream()
            .filter(s -> s.reads(envelope))
            .findFirst()
            .orElseThrow(() -> unknown(reader, envelope));
    Reading reading = refuseForeign(envelope, source.read(envelope, reader));
    List<Incident> incidents =
        switch (reading) {
          case Reading.Settled settled ->
              List.of(withoutPlaybook(settled.finding(), settled.outcome(), settled.reason(), run));
          case Reading.Unmatched unmatched ->
              List.of(withoutPlaybook(unmatched.finding(), null, null, run));
          case Reading.Failure failure -> incidents(failure, run);
        };
    return new Resources(
        List.of(new Resources.OneResource(resourceOf(reading.finding()), incidents)));
  }

  private static UnreadableEventException unknown(EventReader reader, Envelope envelope) {
    reader.problem(
        "/detail-type",
        "no source of Cloudmend sends '" + envelope.detailType() + "' from " + envelope.source(),
        "Test Failed from vanta.compliance, or AWS API Call via CloudTrail");
    return new UnreadableEventException(reader.problems());
  }

  private Reading refuseForeign(Envelope envelope, Reading reading) {
    ResourceRef resource = reading.finding().resource();
    if (resource == null
        || resource.account().equals(envelope.account())
        || trustedSenders.contains(envelope.account())) {
      return reading;
    }
    return new Reading.Settled(
        reading.finding(),
        Outcome.IGNORED,
        "account "
            + envelope.account()
            + " sent an event about account "
            + resource.account()
            + " and is not a trusted sender");
  }

  private static Incident withoutPlaybook(
      Finding finding, @Nullable Outcome outcome, @Nullable String reason, RunOptions run) {
    return new Incident(
        Incident.idOf(finding.eventId(), resourceOf(finding), "none"),
        null,
        finding,
        outcome,
        reason,
        run,
        List.of());
  }

  private static List<Incident> incidents(Reading.Failure failure, RunOptions run) {
    Finding finding = failure.finding();
    var incidents = new ArrayList<Incident>();
    for (Playbook playbook : failure.playbooks()) {
      String id = playbook.info().id();
      incidents.add(
          new Incident(
              Incident.idOf(finding.eventId(), resourceOf(finding), id),
              id,
              finding,
              null,
              null,
              run,
              incidents.stream().map(Incident::incidentId).toList()));
    }
    return incidents;
  }

  private static String resourceOf(Finding finding) {
    return Optional.ofNullable(finding.resource()).map(r -> r.arn().toString()).orElse("");
  }
}
