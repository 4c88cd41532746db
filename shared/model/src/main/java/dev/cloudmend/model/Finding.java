package dev.cloudmend.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A failed check or a seen change, in one form for all sources. Every text is bounded by {@link
 * Text#bounded} and hostile: it decides nothing but which playbook looks at which resource.
 *
 * @param eventId the id of the event that brought it
 * @param source {@code vanta}, {@code cloudtrail}, {@code securityhub}, {@code config}, {@code
 *     prowler}, {@code manual}
 * @param check what failed, in the source's own words; for CloudTrail the event's name
 * @param title one line for a person
 * @param severity how bad the source says it is
 * @param frameworks the compliance frameworks that the source names
 * @param resource what it is about
 * @param observedAt when the source saw it
 * @param actor who made the change, where the source tells
 * @param facts what else the source says, by its own member names
 */
public record Finding(
    String eventId,
    String source,
    String check,
    String title,
    Severity severity,
    List<String> frameworks,
    @Nullable ResourceRef resource,
    Instant observedAt,
    @Nullable Actor actor,
    ObjectNode facts) {

  public Finding {
    frameworks = List.copyOf(frameworks);
  }

  /**
   * Who made a change, from where and with what, as CloudTrail tells.
   *
   * @param principal the ARN, or the service or type where there is none
   * @param type CloudTrail's {@code userIdentity.type}
   * @param role the ARN of the assumed role, where there is one
   * @param sourceAddress IP address or service name
   * @param userAgent as the caller chose to send it
   */
  public record Actor(
      String principal,
      String type,
      @Nullable String role,
      @Nullable String sourceAddress,
      @Nullable String userAgent) {}
}
