package dev.cloudmend.local.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Findings as Prowler writes them, made of the project's own sample. */
public final class Reports {

  private static final ObjectNode SAMPLE = sample();

  private Reports() {}

  /** A failed check of a bucket. */
  public static ObjectNode failed(String check, String bucket) {
    ObjectNode finding = SAMPLE.deepCopy();
    finding.withObject("/metadata").put("event_code", check);
    ((ObjectNode) finding.at("/resources/0")).put("uid", "arn:aws:s3:::" + bucket);
    finding.withObject("/finding_info").put("uid", "prowler-aws-" + check + "-" + bucket);
    return finding;
  }

  /** The same with another status. */
  public static ObjectNode withStatus(String status) {
    return failed("s3_bucket_secure_transport_policy", "some").put("status_code", status);
  }

  /** A failed check that somebody muted. */
  public static ObjectNode muted() {
    return failed("s3_bucket_secure_transport_policy", "muted")
        .put("status_id", 3)
        .put("status", "Suppressed");
  }

  private static ObjectNode sample() {
    Path file = Path.of(System.getProperty("cloudmend.root"), "events/prowler/s3-tls-only.json");
    try {
      return (ObjectNode) Json.parseObject(Files.readString(file)).get("detail");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
