package dev.cloudmend.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.CanonicalJson;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.Text;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Events by which somebody asks for an assessment, as {@code events/manual.schema.json} has them.
 */
public final class ManualEvent {

  private ManualEvent() {}

  /**
   * Makes an event for one playbook.
   *
   * @param check what the finding is to be called; empty where only the playbook names it
   * @param reason why it is asked for, in one line for a person
   * @param by who asks
   * @param key what the event's id is made of, beside the resource and the playbook: the same key
   *     gives the same event
   * @param now when it is asked for
   */
  public static ObjectNode of(
      ResourceRef resource,
      String playbook,
      Optional<String> check,
      String reason,
      String by,
      String key,
      Instant now) {
    ObjectNode event = Json.object();
    String arn = resource.arn().toString();
    String source = String.join("\n", key, arn, resource.account(), playbook);
    event.put("version", "0");
    event.put("id", "manual-" + CanonicalJson.sha256(source).substring(0, 24));
    event.put("detail-type", "Assessment Requested");
    event.put("source", "cloudmend.manual");
    event.put("account", resource.account());
    event.put("time", now.truncatedTo(ChronoUnit.SECONDS).toString());
    event.put("region", resource.region());
    event.putArray("resources").add(arn);
    ObjectNode detail = event.putObject("detail");
    detail.put("resource", arn);
    detail.put("account", resource.account());
    detail.put("region", resource.region());
    detail.put("playbook", playbook);
    check.ifPresent(name -> detail.put("check", name));
    detail.put("reason", Text.bounded(reason));
    detail.put("requestedBy", Text.bounded(by));
    return event;
  }
}
