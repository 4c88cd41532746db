package dev.cloudmend.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.playbooks.Catalogue;
import java.util.List;
import java.util.Set;

/** Event to incidents, grouped by resource; a group's incidents run one after another. */
public final class Intake {

  private final List<Source> sources;
  private final Incidents incidents;
  private final Set<String> trustedSenders;

  /**
   * Makes the intake.
   *
   * @param catalogue the playbooks that checks and changes are met with
   * @param ownRoles ARNs of roles whose changes are Cloudmend's own
   * @param trustedSenders accounts whose events may speak of other accounts
   */
  public Intake(Catalogue catalogue, Set<String> ownRoles, Set<String> trustedSenders) {
    this.sources =
        List.of(
            new VantaSource(catalogue),
            new CloudTrailSource(catalogue, ownRoles),
            new SecurityHubSource(catalogue),
            new SecurityHubV2Source(catalogue),
            new ConfigSource(catalogue),
            new ConfigItemSource(catalogue),
            new ProwlerSource(catalogue),
            new ManualSource(catalogue));
    this.incidents = new Incidents(catalogue);
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
    List<Reading> readings =
        source.read(envelope, reader).stream().map(r -> refuseForeign(envelope, r)).toList();
    return incidents.of(readings, run);
  }

  private static UnreadableEventException unknown(EventReader reader, Envelope envelope) {
    reader.problem(
        "/detail-type",
        "no source of Cloudmend sends '" + envelope.detailType() + "' from " + envelope.source(),
        "Test Failed from vanta.compliance, Prowler Finding from prowler.compliance, Security Hub"
            + " Findings - Imported, Security Hub Findings - Custom Action or Findings Imported V2"
            + " from aws.securityhub, Config Rules Compliance Change or Config Configuration Item"
            + " Change from aws.config, Assessment Requested from cloudmend.manual, or AWS API Call"
            + " via CloudTrail");
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
}
