package dev.cloudmend.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event by which somebody asks for an assessment of one resource, as {@code
 * events/manual.schema.json} has it.
 *
 * @param resource what is to be looked at
 * @param playbook the only playbook that is to look; absent = all that fit
 * @param check the check that is to be met; beside a playbook it only names the finding
 * @param branch the branch that a pull request is to go to; absent = the configured one
 * @param reason why it is asked for, in one line for a person
 * @param by who asks
 */
public record ManualEvent(
    ResourceRef resource,
    @Nullable String playbook,
    @Nullable String check,
    @Nullable String branch,
    String reason,
    String by) {

  /** What EventBridge calls such events. */
  public static final String SOURCE = "cloudmend.manual";

  /** The one thing that can be asked for. */
  public static final String DETAIL_TYPE = "Assessment Requested";

  /**
   * An id that is made of what is to be looked at: the same key gives the same event.
   *
   * @param key what makes it another event than an earlier one for the same
   */
  public String id(String key) {
    String asked =
        String.join(
            "\n",
            key,
            resource.arn().toString(),
            resource.account(),
            Objects.requireNonNullElse(playbook, Objects.requireNonNullElse(check, "")));
    return "manual-" + CanonicalJson.sha256(asked).substring(0, 24);
  }

  /**
   * The event as EventBridge delivers it.
   *
   * @param id the same id never makes a second incident
   * @param now when it is asked for
   */
  public ObjectNode tree(String id, Instant now) {
    ObjectNode event = Json.object();
    event.put("version", "0");
    event.put("id", id);
    event.put("detail-type", DETAIL_TYPE);
    event.put("source", SOURCE);
    event.put("account", resource.account());
    event.put("time", now.truncatedTo(ChronoUnit.SECONDS).toString());
    event.put("region", resource.region());
    event.putArray("resources").add(resource.arn().toString());
    ObjectNode detail = event.putObject("detail");
    detail.put("resource", resource.arn().toString());
    detail.put("account", resource.account());
    detail.put("region", resource.region());
    putIfThere(detail, "playbook", playbook);
    putIfThere(detail, "check", check);
    putIfThere(detail, "branch", branch);
    detail.put("reason", Text.bounded(reason));
    detail.put("requestedBy", Text.bounded(by));
    return event;
  }

  private static void putIfThere(ObjectNode detail, String name, @Nullable String value) {
    if (value != null) {
      detail.put(name, value);
    }
  }
}
