package dev.cloudmend.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ManualEventTest {

  private static final ResourceRef BUCKET =
      new ResourceRef(Arn.parse("arn:aws:s3:::reports"), "123456789012", "eu-west-1");
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123456Z");

  @Test
  void theEventIsAsEventBridgeDeliversIt() {
    var event =
        new ManualEvent(
            BUCKET, "s3-bucket-versioning", "S3.14", "release/1", "an audit asks", "ana");

    assertThat(event.tree("evt-1", NOW))
        .isEqualTo(
            Json.parse(
                """
                {
                  "version": "0",
                  "id": "evt-1",
                  "detail-type": "Assessment Requested",
                  "source": "cloudmend.manual",
                  "account": "123456789012",
                  "time": "2026-11-22T10:00:00Z",
                  "region": "eu-west-1",
                  "resources": ["arn:aws:s3:::reports"],
                  "detail": {
                    "resource": "arn:aws:s3:::reports",
                    "account": "123456789012",
                    "region": "eu-west-1",
                    "playbook": "s3-bucket-versioning",
                    "check": "S3.14",
                    "branch": "release/1",
                    "reason": "an audit asks",
                    "requestedBy": "ana"
                  }
                }
                """));
  }

  @Test
  void whatIsNotAskedForIsLeftOut() {
    assertThat(of(null, null).tree("evt-1", NOW).path("detail").fieldNames())
        .toIterable()
        .containsExactly("resource", "account", "region", "reason", "requestedBy");
  }

  @Test
  void textsAreBounded() {
    var event = new ManualEvent(BUCKET, null, null, null, "r".repeat(3_000), "b".repeat(3_000));

    var detail = event.tree("evt-1", NOW).path("detail");

    assertThat(detail.path("reason").asText()).isEqualTo(Text.bounded("r".repeat(3_000)));
    assertThat(detail.path("requestedBy").asText()).isEqualTo(Text.bounded("b".repeat(3_000)));
  }

  @Test
  void theSameKeyGivesTheSameIdForTheSameRequest() {
    String id = of("p", null).id("key");

    assertThat(id).matches("manual-[0-9a-f]{24}").isEqualTo(of("p", "named").id("key"));
    assertThat(of("p", null).id("other")).isNotEqualTo(id);
    assertThat(of("q", null).id("key")).isNotEqualTo(id);
    assertThat(of(null, "c").id("key")).isNotEqualTo(of(null, "d").id("key"));
  }

  private static ManualEvent of(@Nullable String playbook, @Nullable String check) {
    return new ManualEvent(BUCKET, playbook, check, null, "an audit asks", "ana");
  }
}
