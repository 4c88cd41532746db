package dev.cloudmend.auditwriter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.CanonicalJson;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ManualEvent;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.store.Exemption;
import dev.cloudmend.store.IncidentRecord;
import dev.cloudmend.store.Store;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up again what exemptions held back, once they are over or removed: an assessment is asked
 * for, as somebody would by hand, of each resource and playbook once.
 *
 * <p>What could not be asked for stays listed, and the next sweep asks again. An execution's name
 * is derived from the exemption and the incident, so that asking twice starts one.
 */
final class Waker {

  /** How many assessments one sweep asks for; the next goes on. */
  static final int MOST = 200;

  private static final Logger LOG = LoggerFactory.getLogger(Waker.class);

  private final Store store;
  private final Executions executions;
  private final String stateMachine;
  private final Clock clock;

  /**
   * Makes a waker.
   *
   * @param stateMachine the ARN of the state machine that remediates
   * @param clock the time of the events
   */
  Waker(Store store, Executions executions, String stateMachine, Clock clock) {
    this.store = store;
    this.executions = executions;
    this.stateMachine = stateMachine;
    this.clock = clock;
  }

  /** Incidents of one resource and playbook that one exemption held back. */
  private record Held(
      Exemption exemption, ResourceRef resource, Incident first, List<String> incidentIds) {}

  /**
   * Wakes what past exemptions held back.
   *
   * @return how many assessments were asked for
   * @throws ExecutionsUnavailableException when one could not be; the others were asked for
   * @throws dev.cloudmend.store.StoreException when it is not known what is held back
   */
  int wake() {
    int woken = 0;
    var failures = new ArrayList<ExecutionsUnavailableException>();
    for (Exemption exemption : store.exemptions().past()) {
      for (Held held : heldBack(exemption)) {
        if (woken + failures.size() == MOST) {
          LOG.info("{} assessments were asked for; the next sweep goes on", woken);
          return orThrow(woken, failures);
        }
        try {
          wake(held);
          woken++;
        } catch (ExecutionsUnavailableException e) {
          failures.add(e);
        }
      }
    }
    return orThrow(woken, failures);
  }

  private static int orThrow(int woken, List<ExecutionsUnavailableException> failures) {
    if (failures.isEmpty()) {
      return woken;
    }
    throw new ExecutionsUnavailableException(
        "%d resources that an exception held back were not taken up again; the next sweep tries: %s"
            .formatted(failures.size(), failures.getFirst().getMessage()),
        failures.getFirst());
  }

  private List<Held> heldBack(Exemption exemption) {
    var byResource = new TreeMap<String, Held>();
    for (String incidentId :
        store.exemptions().heldBack(exemption.id()).stream().sorted().toList()) {
      Optional<Incident> incident =
          store.incidents().find(incidentId).map(IncidentRecord::incident);
      Optional<ResourceRef> resource =
          incident.flatMap(i -> Optional.ofNullable(i.finding().resource()));
      if (resource.isEmpty()) {
        LOG.warn("{} held back {}, of which nothing is known", exemption.id(), incidentId);
        store.exemptions().forget(exemption.id(), incidentId);
      } else {
        byResource
            .computeIfAbsent(
                subject(resource.get(), incident.get()),
                subject -> new Held(exemption, resource.get(), incident.get(), new ArrayList<>()))
            .incidentIds()
            .add(incidentId);
      }
    }
    return List.copyOf(byResource.values());
  }

  private static String subject(ResourceRef resource, Incident incident) {
    return String.join(
        "|",
        resource.account(),
        resource.region(),
        resource.arn().toString(),
        incident.playbook() == null ? "check " + incident.finding().check() : incident.playbook());
  }

  private void wake(Held held) {
    String id = held.exemption().id();
    String name = nameOf(id, held.first().incidentId());
    ObjectNode input = Json.object();
    input.set("event", event(held, name));
    input.putObject("run");
    executions.start(stateMachine, name, input.toString());
    // The one that gives the name is the last, so that what breaks off here asks by the same name.
    held.incidentIds().reversed().forEach(incidentId -> store.exemptions().forget(id, incidentId));
  }

  /** Names may have 80 characters; whoever adds an exemption chooses its id. */
  static String nameOf(String exemptionId, String incidentId) {
    return "wake-" + CanonicalJson.sha256(exemptionId + "\n" + incidentId).substring(0, 40);
  }

  private ObjectNode event(Held held, String id) {
    Exemption exemption = held.exemption();
    Incident first = held.first();
    Finding finding = first.finding();
    String reason =
        "exception %s of %s %s; it held back %s"
            .formatted(
                exemption.id(),
                exemption.author(),
                exemption.isOver(clock.instant()) ? "is over" : "was removed",
                first.incidentId());
    return new ManualEvent(
            held.resource(),
            first.playbook(),
            first.playbook() == null ? finding.check() : null,
            // Other sources may mean something else by it.
            finding.source().equals("manual") ? finding.facts().path("branch").textValue() : null,
            reason,
            "cloudmend-closer")
        .tree(id, clock.instant());
  }
}
