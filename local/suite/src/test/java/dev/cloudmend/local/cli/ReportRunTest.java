package dev.cloudmend.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.aws.AwsConnection;
import dev.cloudmend.aws.WritingClients;
import dev.cloudmend.local.RunSettings;
import dev.cloudmend.local.report.Reports;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.store.StoreException;
import dev.cloudmend.testing.EmulatedAccount;
import dev.cloudmend.testing.RecordingProxy;
import dev.cloudmend.testing.WithEmulatedAccount;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@WithEmulatedAccount
class ReportRunTest {

  private static final String TLS = "s3_bucket_secure_transport_policy";
  private static final String BUCKET = "of-a-report";

  @TempDir private Path folder;
  private final EmulatedAccount emulated;

  ReportRunTest(EmulatedAccount emulated) {
    this.emulated = emulated;
  }

  @BeforeEach
  void aBucket() {
    emulated.reset();
    try (WritingClients clients =
        WritingClients.open(
            new AwsConnection(Optional.of(emulated.endpoint()), "us-east-1", Optional.empty()))) {
      clients
          .writer()
          .write(
              new ApiCall("s3", "CreateBucket", "us-east-1", Json.object().put("Bucket", BUCKET)));
    }
  }

  @Test
  void ofAReportFailuresWithAPlaybookAreRunAndTheOthersCounted() throws IOException {
    Path report = report(mixed());

    Terminal.Result result = run(report, "--json");

    assertThat(result.code()).as(result.err()).isZero();
    JsonNode incidents = result.json().path("incidents");
    assertThat(incidents).hasSize(1);
    assertThat(incidents.at("/0/outcome").asText()).isEqualTo("PLANNED");
    assertThat(incidents.at("/0/finding/check").asText()).isEqualTo(TLS);
    assertThat(result.json().path("summary"))
        .isEqualTo(
            Json.parse(
                """
                {"findings": 6, "skipped": {"PASS": 1, "MANUAL": 1, "MUTED": 1},
                 "unsupported": {"ec2_ebs_volume_encryption": 2},
                 "outcomes": [{"check": "s3_bucket_secure_transport_policy", "outcome": "PLANNED", "count": 1}]}
                """));

    JsonNode again = run(report, "--json", "--again").json();
    assertThat(again.at("/incidents/0/incidentId"))
        .as("the same report is the same incidents")
        .isEqualTo(incidents.at("/0/incidentId"));
  }

  @Test
  void aPersonIsShownOneTableAndThePlans() throws IOException {
    Terminal.Result result = run(report(mixed()));

    assertThat(result.code()).isZero();
    assertThat(result.out())
        .contains("6 findings: 3 skipped (1 PASS, 1 MANUAL, 1 MUTED), 2 of a check without")
        .containsPattern("check +PLANNED +UNSUPPORTED")
        .containsPattern("s3_bucket_secure_transport_policy +1 +-")
        .containsPattern("ec2_ebs_volume_encryption +- +2")
        .containsPattern("PLANNED +inc-\\S+ +arn:aws:s3:::" + BUCKET)
        .containsPattern("sha256:[0-9a-f]{64}");
  }

  @Test
  void aBrokenFindingIsNamedWithPointerAndLineAndTheOthersRun() throws IOException {
    ObjectNode noAccount = Reports.failed(TLS, "other");
    noAccount.withObject("/cloud").remove("account");
    ObjectNode noStatus = Reports.failed(TLS, "other");
    noStatus.remove("status_code");
    ObjectNode noArn = Reports.failed(TLS, "other");
    ((ObjectNode) noArn.at("/resources/0")).put("uid", 3);
    Path report = report(List.of(noAccount, noStatus, noArn, Reports.failed(TLS, BUCKET)));

    Terminal.Result result = run(report, "--json");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.json().at("/incidents/0/outcome").asText()).isEqualTo("PLANNED");
    JsonNode errors = result.json().path("errors");
    assertThat(errors.findValuesAsText("pointer"))
        .containsExactly("/0/cloud/account/uid", "/1/status_code", "/2/resources/0/uid");
    assertThat(errors.findValues("lineNumber").stream().map(JsonNode::asInt))
        .containsExactly(1, 2, 3);
    assertThat(result.err()).contains(report + ":3#/2/resources/0/uid").doesNotContain("\tat ");
  }

  @Test
  void ofATruncatedReportRunsWhatWasWhole() throws IOException {
    byte[] whole =
        Files.readAllBytes(
            report(List.of(Reports.failed(TLS, BUCKET), Reports.failed(TLS, "cut"))));
    Path cut = Files.write(folder.resolve("cut.json"), Arrays.copyOf(whole, whole.length - 500));

    Terminal.Result result = run(cut, "--json");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.json().at("/incidents/0/outcome").asText()).isEqualTo("PLANNED");
    assertThat(result.json().at("/errors/0/message").asText())
        .contains("ends too early at line 2, column");
  }

  @Test
  void standardInputAndLinesAreReadAsWell() throws IOException {
    String lines =
        Stream.of(Reports.withStatus("PASS"), Reports.failed(TLS, BUCKET))
            .map(Object::toString)
            .collect(Collectors.joining("\n"));
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
    try {
      Terminal.Result result = run("-", "--json");

      assertThat(result.code()).as(result.err()).isZero();
      assertThat(result.json().at("/summary/findings").asInt()).isEqualTo(2);
      assertThat(result.json().at("/incidents/0/outcome").asText()).isEqualTo("PLANNED");
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void anIncidentShowsTheOlderOneThatItBelongsTo() throws IOException {
    Path first = report(List.of(Reports.failed(TLS, BUCKET)));
    String older = run(first, "--json").json().at("/incidents/0/incidentId").asText();
    Path event = vanta("later");

    JsonNode later = run(event, "--json").json().at("/incidents/0");

    assertThat(later.path("outcome").asText()).isEqualTo("DUPLICATE");
    assertThat(later.path("link"))
        .isEqualTo(Json.object().put("kind", "DUPLICATE_OF").put("incidentId", older));
    assertThat(run(vanta("last")).out()).contains("is the same failure as " + older);
    String id = later.path("incidentId").asText();
    assertThat(
            Terminal.run("audit", "show", id, "--data", folder.resolve("data"), "--json")
                .json()
                .path("link"))
        .isEqualTo(later.path("link"));
    assertThat(Terminal.run("audit", "show", id, "--data", folder.resolve("data")).out())
        .contains("is the same failure as " + older);
  }

  @Test
  void whatStopsTheReadingLeavesOneWholeDocument() throws IOException {
    byte[] start =
        ("[" + Files.readString(vanta("first")) + ",\n").getBytes(StandardCharsets.UTF_8);
    var out = new ByteArrayOutputStream();
    var console =
        new Console(new PrintStream(out), new PrintStream(new ByteArrayOutputStream()), false);
    TargetOptions options =
        CommandLine.populateCommand(
            new TargetOptions(),
            "--json",
            "--target",
            emulated.endpoint().toString(),
            "--data",
            folder.resolve("data").toString());
    var down =
        new InputStream() {
          @Override
          public int read() {
            throw new StoreException("the tables are down");
          }

          @Override
          public int read(byte[] into, int from, int length) {
            return read();
          }
        };

    int code;
    try (var run =
        new EventRun(
            console,
            "f.json",
            options,
            new RepositoryOptions(),
            RunSettings.of(false),
            RunOptions.NONE)) {
      code = run.run(new SequenceInputStream(new ByteArrayInputStream(start), down), 0);
    }

    assertThat(code).isEqualTo(1);
    JsonNode document = Json.parse(out.toString(StandardCharsets.UTF_8));
    assertThat(document.at("/incidents/0/outcome").asText()).isEqualTo("PLANNED");
    assertThat(document.at("/errors/0/message").asText()).isEqualTo("the tables are down");
  }

  @Test
  void entriesWhoseAccountNobodyCanTellAreNamedAndTheOthersRun() throws IOException {
    try (RecordingProxy proxy = RecordingProxy.inFrontOf(emulated.endpoint())) {
      proxy.failNext("sts:GetCallerIdentity", 403, "AccessDenied");
      Path file =
          Files.writeString(
              folder.resolve("both.json"),
              "[{\"DetailType\":\"t\",\"Source\":\"s\",\"Detail\":\"{}\"},"
                  + Files.readString(vanta("other"))
                  + "]");

      Terminal.Result result =
          Terminal.run(
              "run",
              file,
              "--json",
              "--target",
              proxy.endpoint(),
              "--data",
              folder.resolve("data"));

      assertThat(result.code()).isEqualTo(2);
      assertThat(result.json().at("/incidents/0/outcome").asText()).isEqualTo("PLANNED");
      assertThat(result.json().at("/errors/0/message").asText()).contains("AccessDenied");
    }
  }

  @Test
  void aHostileCheckNameIsHarmlessOnATerminal() throws IOException {
    Terminal.Result result = run(report(List.of(Reports.failed("x\u001b[2J\u009b31m", "b"))));

    assertThat(result.out()).contains("x\\u001b[2J").doesNotContain("\u001b", "\u009b");
  }

  @Test
  void aReportMayBeLargerThanMemory() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Dcloudmend.root=" + System.getProperty("cloudmend.root"),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName(),
                "run",
                "-",
                "--json",
                "--target",
                "http://127.0.0.1:9",
                "--data",
                folder.resolve("data").toString())
            .redirectError(folder.resolve("err").toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .start();
    int findings = 0;
    try (OutputStream out = process.getOutputStream()) {
      byte[] passed = (Reports.withStatus("PASS") + ",").getBytes(StandardCharsets.UTF_8);
      byte[] failed = (Reports.failed("ec2_x", "b") + ",").getBytes(StandardCharsets.UTF_8);
      out.write('[');
      for (long bytes = 0; bytes < 64L * 1024 * 1024; findings++) {
        byte[] next = findings % 5 == 0 ? failed : passed;
        out.write(next);
        bytes += next.length;
      }
      out.write((Reports.muted() + "]").getBytes(StandardCharsets.UTF_8));
    }

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("err"))).isZero();
    assertThat(Json.parse(Files.readString(folder.resolve("out"))).at("/summary/findings").asInt())
        .isEqualTo(findings + 1);
  }

  private static List<ObjectNode> mixed() {
    return List.of(
        Reports.withStatus("PASS"),
        Reports.failed(TLS, BUCKET),
        Reports.withStatus("MANUAL"),
        Reports.muted(),
        Reports.failed("ec2_ebs_volume_encryption", "x"),
        Reports.failed("ec2_ebs_volume_encryption", "y"));
  }

  private Path vanta(String id) throws IOException {
    return Files.writeString(
        folder.resolve(id + ".json"),
        """
        {"version":"0","id":"%s","detail-type":"Test Failed","source":"vanta.compliance","account":"123456789012",
         "time":"2026-11-20T10:00:00Z","region":"us-east-1","resources":[],
         "detail":{"test_name":"s3-bucket-tls-only","resource_arn":"arn:aws:s3:::%s"}}
        """
            .formatted(id, BUCKET));
  }

  /** One finding a line, so that lines can be told. */
  private Path report(List<ObjectNode> findings) throws IOException {
    String text =
        findings.stream().map(Object::toString).collect(Collectors.joining(",\n", "[", "]"));
    return Files.writeString(folder.resolve("report.ocsf.json"), text);
  }

  private Terminal.Result run(Object file, Object... more) {
    return Terminal.run(
        Stream.concat(
                Stream.of(
                    "run", file, "--target", emulated.endpoint(), "--data", folder.resolve("data")),
                Stream.of(more))
            .toArray());
  }
}
