package dev.cloudmend.testing.functions;

import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.model.Severity;
import dev.cloudmend.model.Target;
import java.util.List;

/** Incidents about one bucket. */
public final class SampleIncidents {

  public static final String ACCOUNT = "123456789012";
  public static final String REGION = "us-east-1";
  public static final Arn BUCKET = Arn.parse("arn:aws:s3:::reports");
  public static final Target TARGET = new Target("aws", ACCOUNT, REGION, BUCKET);

  private SampleIncidents() {}

  /** What an event makes, by the id that Intake would give it. */
  public static Incident of(String eventId, String playbook, RunOptions run, String... earlier) {
    return new Incident(
        Incident.idOf(eventId, BUCKET.toString(), playbook),
        playbook,
        finding(eventId),
        null,
        null,
        run,
        List.of(earlier));
  }

  /** What an event makes whose check no playbook answers to. */
  public static Incident unmatched(String eventId, RunOptions run) {
    return new Incident(
        Incident.idOf(eventId, BUCKET.toString(), "none"),
        null,
        finding(eventId),
        null,
        null,
        run,
        List.of());
  }

  public static Finding finding(String eventId) {
    return new Finding(
        eventId,
        "vanta",
        "S3 buckets are private",
        "Bucket reports is public",
        Severity.HIGH,
        List.of("SOC 2"),
        new ResourceRef(BUCKET, ACCOUNT, REGION),
        AdvancingClock.START,
        null,
        Json.object().put("test_id", "s3-private"));
  }
}
