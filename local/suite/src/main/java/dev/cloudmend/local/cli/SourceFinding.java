package dev.cloudmend.local.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.configuration.Configuration;
import dev.cloudmend.local.EventFile;
import dev.cloudmend.local.InputException;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.sourcefixes.SourceTarget;
import dev.cloudmend.terraform.locate.Location;
import dev.cloudmend.terraform.locate.Locator;
import dev.cloudmend.terraform.locate.StateException;
import dev.cloudmend.terraform.locate.StateFiles;
import dev.cloudmend.terraform.locate.StateResource;
import dev.cloudmend.terraform.project.Project;
import dev.cloudmend.terraform.rules.Violation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An incident, and where its resource is declared.
 *
 * @param incident as Intake makes it
 * @param location where; or why that is not certain
 * @param target what it asks for in the source; empty where it asks for nothing
 */
record SourceFinding(Incident incident, Location location, Optional<SourceTarget> target) {

  /**
   * Finds the places of all incidents of a file's events.
   *
   * @throws InputException when an event or a state cannot be read
   */
  static List<SourceFinding> of(
      String file, Project project, List<Path> states, Configuration configuration) {
    var known = new ArrayList<StateResource>();
    try {
      states.forEach(state -> known.addAll(StateFiles.read(state)));
    } catch (StateException e) {
      throw new InputException(String.valueOf(e.getMessage()));
    }
    var locator = new Locator(project, known);
    var found = new ArrayList<SourceFinding>();
    for (EventFile.Located event : EventInput.events(file)) {
      for (Incident incident : EventInput.incidents(event, configuration)) {
        found.add(of(incident, locator));
      }
    }
    return found;
  }

  private static SourceFinding of(Incident incident, Locator locator) {
    ResourceRef resource = incident.finding().resource();
    String playbook = incident.playbook();
    if (incident.outcome() != null) {
      return notLocated(
          incident, incident.outcome() + ": " + Optional.ofNullable(incident.reason()).orElse(""));
    }
    if (resource == null || playbook == null) {
      return notLocated(
          incident, "no playbook answers to the check '" + incident.finding().check() + "'");
    }
    SourceTarget target = SourceTarget.of(locator, playbook, resource, Map.of());
    return new SourceFinding(incident, target.location(), Optional.of(target));
  }

  private static SourceFinding notLocated(Incident incident, String reason) {
    return new SourceFinding(
        incident, new Location.NotCertain(reason, List.of()), Optional.empty());
  }

  boolean isFound() {
    return location instanceof Location.Found;
  }

  /** Whether a violation is what this incident speaks of. */
  boolean asksFor(Violation violation) {
    return target.filter(t -> t.asksFor(violation)).isPresent();
  }

  /** One line for a person. */
  String line() {
    String resource =
        Optional.ofNullable(incident.finding().resource())
            .map(r -> r.arn().toString())
            .orElse("no resource");
    return switch (location) {
      case Location.Found found ->
          "%s is %s, %s:%d (by %s)"
              .formatted(
                  resource,
                  found.address(),
                  found.resource().file().path(),
                  found.resource().line(),
                  found.way());
      case Location.InCall call ->
          "%s is %s, in a module that is not in this project: its call is %s (by %s)"
              .formatted(resource, call.address(), call.call().place(), call.way());
      case Location.NotCertain not ->
          resource
              + " is not located: "
              + not.reason()
              + (not.candidates().isEmpty()
                  ? ""
                  : "; it may be "
                      + String.join(
                          ", ", not.candidates().stream().map(SourceTarget::place).toList()));
    };
  }

  /** For machines. */
  ObjectNode document() {
    ObjectNode node = Json.object();
    node.put("incidentId", incident.incidentId());
    node.put("playbook", incident.playbook());
    Optional.ofNullable(incident.finding().resource())
        .ifPresent(r -> node.put("resource", r.arn().toString()));
    switch (location) {
      case Location.Found found ->
          node.put("address", found.address())
              .put("way", found.way().name())
              .put("file", found.resource().file().path())
              .put("line", found.resource().line());
      case Location.InCall call ->
          node.put("address", call.address())
              .put("way", call.way().name())
              .put("reason", "the module is not in this project")
              .put("call", call.call().place());
      case Location.NotCertain not ->
          node.put("reason", not.reason())
              .set(
                  "candidates",
                  Json.toTree(not.candidates().stream().map(SourceTarget::place).toList()));
    }
    return node;
  }
}
