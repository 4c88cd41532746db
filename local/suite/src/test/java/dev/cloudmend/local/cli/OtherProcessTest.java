package dev.cloudmend.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.aws.AwsConnection;
import dev.cloudmend.aws.WritingClients;
import dev.cloudmend.local.ProjectFiles;
import dev.cloudmend.local.Suite;
import dev.cloudmend.local.sandbox.Seed;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Target;
import dev.cloudmend.store.Lease;
import dev.cloudmend.testing.EmulatedAccount;
import dev.cloudmend.testing.RecordedRequest;
import dev.cloudmend.testing.RecordingProxy;
import dev.cloudmend.testing.WithEmulatedAccount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one process leaves behind and another finds. */
@WithEmulatedAccount
class OtherProcessTest {

  private static final String PUT = "s3:PutPublicAccessBlock";

  @Test
  void theIntentTellsWhoseWorkIsFoundAndTheUndoIsKept(
      EmulatedAccount emulated, @TempDir Path folder) throws Exception {
    emulated.reset();
    var connection =
        new AwsConnection(Optional.of(emulated.endpoint()), "us-east-1", Optional.empty());
    try (WritingClients clients = WritingClients.open(connection)) {
      clients
          .writer()
          .write(
              new ApiCall(
                  "s3", "CreateBucket", "us-east-1", Json.object().put("Bucket", "killed")));
    }
    Path event =
        Files.writeString(
            folder.resolve("event.json"),
            """
            {"version":"0","id":"killed-1","detail-type":"Test Failed","source":"vanta.compliance","account":"123456789012",
             "time":"2026-11-20T10:00:00Z","region":"us-east-1","resources":[],
             "detail":{"test_name":"s3-bucket-block-public-access","resource_arn":"arn:aws:s3:::killed"}}
            """);
    Path data = folder.resolve("data");
    try (RecordingProxy proxy = RecordingProxy.inFrontOf(emulated.endpoint())) {
      var process = new AtomicReference<Process>();
      // The write goes through; the read after it is the verification, and there the process dies.
      proxy.before(
          PUT,
          () -> proxy.before("s3:GetPublicAccessBlock", () -> process.get().destroyForcibly()));
      process.set(
          Terminal.start(
              folder, "run", event, "--live", "--target", proxy.endpoint(), "--data", data));

      assertThat(process.get().waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.get().exitValue()).as("killed").isNotZero();
      assertThat(proxy.writes()).extracting(RecordedRequest::name).containsExactly(PUT);

      Terminal.Result again =
          Terminal.run(
              "run", event, "--live", "--target", proxy.endpoint(), "--data", data, "--json");

      JsonNode incident = again.json().at("/incidents/0");
      assertThat(incident.path("outcome").asText()).as("%s", incident).isEqualTo("REMEDIATED");
      assertThat(proxy.writes()).as("not written a second time").hasSize(1);
      try (Suite.Tables tables = Suite.Tables.open(data)) {
        var record = tables.store().incidents().find(incident.path("incidentId").asText());
        assertThat(record.orElseThrow().appliedHash())
            .as("the undo is kept")
            .isEqualTo(incident.at("/change/hash").asText());
        // The dead process holds the lease for 90 seconds more; this is what their passing does.
        Target target = Json.fromTree(incident.at("/change/target"), Target.class);
        Lease lease = tables.store().leases().holder(target.key()).orElseThrow();
        assertThat(tables.store().leases().release(target.key(), lease.owner())).isTrue();
      }
      Terminal.Result undo =
          Terminal.run(
              "undo",
              incident.path("incidentId").asText(),
              "--live",
              "--target",
              proxy.endpoint(),
              "--data",
              data,
              "--json");
      assertThat(undo.json().path("outcome").asText()).as("%s", undo).isEqualTo("UNDONE");
      assertThat(proxy.writes())
          .extracting(RecordedRequest::name)
          .containsExactly(PUT, "s3:DeletePublicAccessBlock");
      assertThat(Terminal.run("audit", "verify", "--data", data, "--json").code()).isZero();
    }
  }

  @Test
  void thePlanOfAnotherProcessHasTheSameHash(EmulatedAccount emulated, @TempDir Path folder)
      throws Exception {
    emulated.reset();
    Path event = Seed.plant(emulated.endpoint(), ProjectFiles.ofLauncher(), folder).getLast();

    Process process =
        Terminal.start(
            folder,
            "run",
            event,
            "--json",
            "--target",
            emulated.endpoint(),
            "--data",
            folder.resolve("a"));
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    JsonNode there = Json.parse(Files.readString(folder.resolve("out")));
    JsonNode here =
        Terminal.run(
                "run",
                event,
                "--json",
                "--target",
                emulated.endpoint(),
                "--data",
                folder.resolve("b"))
            .json();

    String hash = there.at("/incidents/0/change/hash").asText();
    assertThat(hash).startsWith("sha256:");
    assertThat(here.at("/incidents/0/change/hash").asText()).isEqualTo(hash);
  }
}
