package dev.cloudmend.intake;

import dev.cloudmend.model.Incident;
import java.util.List;

/**
 * What Intake returns: incidents by resource, for the state machine's two maps.
 *
 * @param resources one entry a resource
 */
public record Resources(List<OneResource> resources) {

  public Resources {
    resources = List.copyOf(resources);
  }

  /**
   * The incidents of one resource, in the order in which they have to run.
   *
   * @param resource its ARN, or empty where the event names none
   * @param incidents in catalogue order
   */
  public record OneResource(String resource, List<Incident> incidents) {

    public OneResource {
      incidents = List.copyOf(incidents);
    }
  }
}
