package dev.cloudmend.intake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.intake.UnreadableEventException.EventProblem;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.playbooks.Catalogue;
import dev.cloudmend.playbooks.Playbook;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes incidents of an event's readings. Readings of one event that one playbook answers to on one
 * resource are one failure, reported by several checks.
 */
final class Incidents {

  /** Step Functions' limit is 256 KiB for the state, of which this is the largest part. */
  private static final int MOST_BYTES = 200_000;

  private final Catalogue catalogue;

  Incidents(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * The incidents by resource, each resource's in catalogue order.
   *
   * @throws UnreadableEventException when they are more than an execution can carry
   */
  Resources of(List<Reading> readings, RunOptions run) {
    Resources all = grouped(readings, run);
    if (fits(all)) {
      return all;
    }
    Resources bare = grouped(readings.stream().map(Incidents::withoutFacts).toList(), run);
    if (fits(bare)) {
      return bare;
    }
    throw new UnreadableEventException(
        List.of(
            new EventProblem(
                "/detail",
                "makes more incidents than one execution can carry: " + readings.size(),
                "fewer findings and resources in one event")));
  }

  private Resources grouped(List<Reading> readings, RunOptions run) {
    var byResource = new LinkedHashMap<String, List<Reading>>();
    for (Reading reading : readings) {
      byResource
          .computeIfAbsent(resourceOf(reading.finding()), r -> new ArrayList<>())
          .add(reading);
    }
    return new Resources(
        byResource.entrySet().stream()
            .map(e -> new Resources.OneResource(e.getKey(), ofOne(e.getKey(), e.getValue(), run)))
            .toList());
  }

  private List<Incident> ofOne(String resource, List<Reading> readings, RunOptions run) {
    var ids = new HashSet<String>();
    var incidents = new ArrayList<Incident>();
    for (Playbook playbook : catalogue.playbooks()) {
      String key = playbook.info().id();
      for (Finding finding : merged(readings, playbook)) {
        List<String> earlier = incidents.stream().map(Incident::incidentId).toList();
        String id = unused(ids, finding.eventId(), resource, key);
        incidents.add(new Incident(id, key, finding, null, null, run, earlier));
      }
    }
    for (Reading reading : readings) {
      Finding finding = reading.finding();
      switch (reading) {
        case Reading.Settled settled ->
            incidents.add(
                new Incident(
                    unused(ids, finding.eventId(), resource, "none"),
                    null,
                    finding,
                    settled.outcome(),
                    settled.reason(),
                    run,
                    List.of()));
        case Reading.Unmatched unmatched ->
            incidents.add(
                new Incident(
                    unused(ids, finding.eventId(), resource, "none"),
                    null,
                    finding,
                    null,
                    null,
                    run,
                    List.of()));
        case Reading.Failure failure -> {
          // Its playbooks have been asked above, in their order.
        }
        case Reading.Passed passed -> incidents.addAll(passed(passed, resource, ids, run));
      }
    }
    return incidents;
  }

  private static List<Incident> passed(
      Reading.Passed passed, String resource, Set<String> ids, RunOptions run) {
    return passed.playbooks().stream()
        .map(playbook -> playbook.info().id())
        .map(
            id ->
                new Incident(
                    unused(ids, passed.finding().eventId(), resource, id),
                    id,
                    passed.finding(),
                    Outcome.IGNORED,
                    passed.reason(),
                    run,
                    List.of()))
        .toList();
  }

  /** The findings that a playbook answers to: one, unless they tell its account differently. */
  private static List<Finding> merged(List<Reading> readings, Playbook playbook) {
    Map<Object, Finding> byPlace = new LinkedHashMap<>();
    for (Reading reading : readings) {
      if (reading instanceof Reading.Failure failure && failure.playbooks().contains(playbook)) {
        byPlace.merge(
            Optional.ofNullable(failure.finding().resource()),
            failure.finding(),
            Incidents::withCheckOf);
      }
    }
    return List.copyOf(byPlace.values());
  }

  private static Finding withCheckOf(Finding first, Finding other) {
    if (first.check().equals(other.check())) {
      return first;
    }
    ObjectNode facts = first.facts().deepCopy();
    ArrayNode also = facts.withArray("/otherFailedChecks");
    also.add(other.check());
    return withFacts(first, facts);
  }

  private static String unused(Set<String> ids, String event, String resource, String key) {
    String id = Incident.idOf(event, resource, key);
    for (int i = 2; !ids.add(id); i++) {
      id = Incident.idOf(event, resource, key + "#" + i);
    }
    return id;
  }

  private static Reading withoutFacts(Reading reading) {
    Finding finding =
        withFacts(
            reading.finding(),
            Json.object().put("leftOut", "the event's findings are too many to keep all they say"));
    return switch (reading) {
      case Reading.Failure failure -> new Reading.Failure(finding, failure.playbooks());
      case Reading.Unmatched unmatched -> new Reading.Unmatched(finding);
      case Reading.Passed passed ->
          new Reading.Passed(finding, passed.playbooks(), passed.reason());
      case Reading.Settled settled ->
          new Reading.Settled(finding, settled.outcome(), settled.reason());
    };
  }

  private static Finding withFacts(Finding finding, ObjectNode facts) {
    return new Finding(
        finding.eventId(),
        finding.source(),
        finding.check(),
        finding.title(),
        finding.severity(),
        finding.frameworks(),
        finding.resource(),
        finding.observedAt(),
        finding.actor(),
        facts);
  }

  private static boolean fits(Resources resources) {
    return Json.write(resources).getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES;
  }

  private static String resourceOf(Finding finding) {
    return Optional.ofNullable(finding.resource()).map(r -> r.arn().toString()).orElse("");
  }
}
