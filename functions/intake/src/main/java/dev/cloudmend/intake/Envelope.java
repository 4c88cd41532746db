package dev.cloudmend.intake;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Json;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The part of an event that EventBridge itself writes; what it says of account and region can be
 * believed, what stands in {@code detail} was written by the sender.
 *
 * @param id the event's id, of which incident ids are made
 * @param source such as {@code aws.s3}
 * @param detailType such as {@code AWS API Call via CloudTrail}
 * @param account the account that put the event on its bus
 * @param region where it was put
 * @param time when
 * @param detail the sender's document
 */
record Envelope(
    String id,
    String source,
    String detailType,
    String account,
    String region,
    Instant time,
    JsonNode detail) {

  private static final List<String> MEMBERS =
      List.of("id", "source", "detail-type", "account", "region", "time");

  /** Made once: making it takes longer than reading an event. */
  private static final PojoSerializer<ScheduledEvent> SERIALIZER =
      LambdaEventSerializers.serializerFor(ScheduledEvent.class, Envelope.class.getClassLoader());

  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  /**
   * Checks the members that every EventBridge event has, and reads them with AWS's own event type.
   */
  static Envelope read(EventReader reader) {
    reader.required("/id", "the event's id");
    reader.required("/source", "the event's source, such as vanta.compliance");
    reader.required("/detail-type", "the event's detail type, such as Test Failed");
    reader.required("/account", "the account that sent the event, twelve digits");
    reader.required("/region", "a region such as us-east-1");
    reader.required("/time", "a time such as 2026-11-20T10:00:00Z");
    reader.parsed("/account", "twelve digits", Arn::checkAccount);
    reader.parsed("/region", "a region such as us-east-1", Arn::checkRegion);
    reader.parsed("/time", "a time such as 2026-11-20T10:00:00Z", Envelope::instant);
    JsonNode detail = reader.event().path("detail");
    if (!detail.isObject()) {
      reader.problem(
          "/detail", detail.isMissingNode() ? "is missing" : "is no object", "an object");
    }
    reader.finish();
    ScheduledEvent event = asLambdaEvent(reader.event());
    return new Envelope(
        event.getId(),
        event.getSource(),
        event.getDetailType(),
        event.getAccount(),
        event.getRegion(),
        Instant.ofEpochMilli(event.getTime().getMillis()),
        detail);
  }

  private static Instant instant(String text) {
    Instant time = Instant.parse(text);
    // Others are written with a sign, which no other parser down the line reads.
    if (time.isBefore(FIRST) || time.isAfter(LAST)) {
      throw new DateTimeException("is outside the years 0 to 9999");
    }
    return time;
  }

  private static ScheduledEvent asLambdaEvent(ObjectNode event) {
    // Only what was checked above: Lambda's type refuses a whole event for any member of another
    // kind. The detail stays a tree of ours, as that type makes maps of it.
    ObjectNode envelope = Json.object();
    for (String member : MEMBERS) {
      envelope.set(member, event.get(member));
    }
    return Objects.requireNonNull(
        SERIALIZER.fromJson(
            new ByteArrayInputStream(envelope.toString().getBytes(StandardCharsets.UTF_8))));
  }

  /** The partition that a region belongs to. */
  static String partitionOf(String region) {
    if (region.startsWith("cn-")) {
      return "aws-cn";
    }
    return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  }
}
