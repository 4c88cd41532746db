package dev.cloudmend.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.aws.AwsConnection;
import dev.cloudmend.aws.WritingClients;
import dev.cloudmend.local.GitFolder;
import dev.cloudmend.local.GitHubAccess;
import dev.cloudmend.local.InputException;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ProposalPreview;
import dev.cloudmend.testing.EmulatedAccount;
import dev.cloudmend.testing.WithEmulatedAccount;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@WithEmulatedAccount
class PullRequestCommandsTest {

  private static final String BUCKET = "proposed";
  private static final String MENDED = "aws_s3_bucket_public_access_block";

  @TempDir private Path folder;
  private final EmulatedAccount emulated;
  private GitFolder source;
  private Path configuration;
  private int events;

  PullRequestCommandsTest(EmulatedAccount emulated, @TempDir Path own) throws IOException {
    this.emulated = emulated;
    this.source = GitFolder.declaring(own.resolve("source"), BUCKET);
    this.configuration =
        Files.writeString(
            own.resolve("cloudmend.yaml"),
            """
            policy: {rules: [{name: to-the-source, mode: automatic, channels: [pull_request]}]}
            pullRequests: {repositories: [{repository: Acme/Infrastructure}]}
            """);
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

  @AfterEach
  void close() {
    source.close();
  }

  @Test
  void aPullRequestIsShownListedAndReadBackWhenItIsMerged() throws IOException {
    JsonNode incident = json(run("--live")).at("/incidents/0");
    assertThat(incident.path("outcome").asText())
        .as("%s", incident)
        .isEqualTo("PULL_REQUEST_OPENED");
    JsonNode link = incident.path("pullRequest");
    String branch = link.path("branch").asText();
    assertThat(link.path("status").asText()).isEqualTo("OPEN");
    assertThat(source.text(branch, "main.tf")).contains(MENDED);
    String id = incident.path("incidentId").asText();

    JsonNode listed = json(data("pull-requests", "list")).path("pullRequests");
    assertThat(listed).hasSize(1);
    assertThat(listed.at("/0/incidentId").asText()).isEqualTo(id);
    assertThat(listed.at("/0/resource").asText()).isEqualTo("arn:aws:s3:::" + BUCKET);
    assertThat(listed.at("/0/pullRequest")).isEqualTo(link);

    JsonNode shown = json(data("pull-requests", "show", id));
    assertThat(shown.path("pullRequest")).isEqualTo(link);
    assertThat(shown.path("entries").findValuesAsText("kind"))
        .containsExactly("PULL_REQUEST_INTENDED", "PULL_REQUEST_OPENED");

    assertThat(json(sweep()).at("/pullRequests/0/pullRequest/status").asText()).isEqualTo("OPEN");
    source.merge(branch);
    assertThat(json(sweep()).at("/pullRequests/0/pullRequest/status").asText()).isEqualTo("MERGED");
    assertThat(json(sweep()).path("pullRequests")).isEmpty();
    assertThat(json(data("pull-requests", "list")).at("/pullRequests/0/pullRequest/status"))
        .as("it is still listed")
        .isEqualTo(Json.mapper().getNodeFactory().textNode("MERGED"));
    assertThat(json(data("audit", "verify")).path("holds").asBoolean()).isTrue();
  }

  @Test
  void aPersonSeesWhereThePullRequestIsAndBeforeWhatItWouldChange() throws IOException {
    Terminal.Result planned = Terminal.run(arguments(""));
    assertThat(planned.out())
        .contains("PLANNED")
        .contains("in Acme/Infrastructure, branch cloudmend/")
        .contains("    +resource \"" + MENDED);

    Terminal.Result live = Terminal.run(arguments("--live"));
    assertThat(live.code()).as("%s", live).isZero();
    assertThat(live.out())
        .contains("PULL_REQUEST_OPENED")
        .contains("proposed  Acme/Infrastructure#1, open");
    String list = Terminal.run("pull-requests", "list", "--data", folder.resolve("data")).out();
    assertThat(list).contains("OPEN").contains("Acme/Infrastructure#1").contains(BUCKET);
  }

  @Test
  void whatASweepCannotReachEndsWith1AndIsSaid() throws IOException {
    json(run("--live"));

    // Without --repository it is GitHub's own address, and nobody is set who may ask it.
    Terminal.Result swept = data("pull-requests", "sweep", "--config", configuration);

    assertThat(swept.code()).as("%s", swept).isEqualTo(1);
    assertThat(swept.json().at("/error/step").asText()).isEqualTo("sweep");
    assertThat(swept.json().at("/pullRequests/0/pullRequest/status").asText()).isEqualTo("OPEN");
    assertThat(swept.err()).contains("--repository").doesNotContain("\tat ");
  }

  @Test
  void aRepositoryThatTheConfigurationDoesNotNameIsRefusedWithWhatToWrite() throws IOException {
    Terminal.Result result =
        data(
            "run",
            event(),
            "--config",
            configuration,
            "--repository",
            "acme/other=" + source.folder());

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.json().at("/errors/0/file").asText()).isEqualTo(configuration.toString());
    assertThat(result.err())
        .contains("--repository acme/other")
        .contains("- repository: acme/other");
    assertThat(folder.resolve("data")).as("nothing was started").doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "acme/infrastructure,OWNER/NAME=FOLDER",
    "acme/infrastructure=,OWNER/NAME=FOLDER",
    "acme=x,OWNER/NAME=FOLDER",
    "acme/infrastructure=/no/such/folder,/no/such/folder"
  })
  void whatIsNoRepositoryEndsWith2(String option, String named) throws IOException {
    Terminal.Result result =
        data(
            "run",
            event(),
            "--config",
            configuration,
            "--target",
            emulated.endpoint(),
            "--repository",
            option);

    assertThat(result.code()).as("%s", result).isEqualTo(2);
    assertThat(result.json().at("/errors/0").toString()).contains(named);
    assertThat(result.err()).doesNotContain("\tat ");
  }

  @Test
  void gitHubIsWhereTheEnvironmentSays() {
    assertThat(
            RepositoryOptions.ofEnvironment(
                Map.of(
                    "GITHUB_TOKEN",
                    "ghp_secret",
                    "GITHUB_API_URL",
                    "https://github.example.com/api/v3")))
        .isEqualTo(
            new GitHubAccess(
                Optional.of(URI.create("https://github.example.com/api/v3")),
                Optional.of("ghp_secret")))
        .asString()
        .doesNotContain("ghp_secret");
    assertThat(RepositoryOptions.ofEnvironment(Map.of("GITHUB_TOKEN", " ")))
        .isEqualTo(GitHubAccess.NONE);
    assertThatThrownBy(
            () -> RepositoryOptions.ofEnvironment(Map.of("GITHUB_API_URL", "github.example.com")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("GITHUB_API_URL");
  }

  @Test
  void hostileSourceIsHarmlessOnATerminal() {
    var out = new ByteArrayOutputStream();
    var console =
        new Console(new PrintStream(out, true, StandardCharsets.UTF_8), System.err, false);

    new IncidentPrinter(console)
        .print(
            new ProposalPreview(
                "acme/it",
                "main",
                "cloudmend/x/y",
                "a\u001b[2Jtitle",
                "--- a/main.tf\n+++ b/main.tf\n+# \u001b[31mowned\u009b \u202e"));

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("\\u001b[31mowned")
        .doesNotContain("\u001b")
        .doesNotContain("\u009b")
        .doesNotContain("\u202e");
  }

  @Test
  void aDiffHasColoursOnATerminal() {
    var out = new ByteArrayOutputStream();
    var console = new Console(new PrintStream(out, true, StandardCharsets.UTF_8), System.err, true);

    console.diff("  ", java.util.List.of("@@ -1 +1 @@", "-old", "+new", " same", ""));

    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "  @@ -1 +1 @@",
            "\u001b[31m  -old\u001b[0m",
            "\u001b[32m  +new\u001b[0m",
            "   same",
            "  ");
  }

  private Terminal.Result run(Object... more) throws IOException {
    return Terminal.run(Stream.concat(Stream.of(arguments("--json")), Stream.of(more)).toArray());
  }

  private Object[] arguments(String option) throws IOException {
    return Stream.of(
            "run",
            event(),
            "--target",
            emulated.endpoint(),
            "--config",
            configuration,
            "--data",
            folder.resolve("data"),
            "--repository",
            repository(),
            option)
        .filter(argument -> !argument.equals(""))
        .toArray();
  }

  private Terminal.Result sweep() {
    return data("pull-requests", "sweep", "--config", configuration, "--repository", repository());
  }

  private String repository() {
    return "acme/infrastructure=" + source.folder();
  }

  private Path event() throws IOException {
    events++;
    return Files.writeString(
        folder.resolve("event-" + events + ".json"),
        """
        {"version":"0","id":"proposed-%d","detail-type":"Test Failed","source":"vanta.compliance","account":"123456789012",
         "time":"2026-11-20T10:00:00Z","region":"us-east-1","resources":[],
         "detail":{"test_name":"s3-bucket-block-public-access","resource_arn":"arn:aws:s3:::%s"}}
        """
            .formatted(events, BUCKET));
  }

  private static JsonNode json(Terminal.Result result) {
    assertThat(result.code()).as("%s%n%s", result.out(), result.err()).isZero();
    return result.json();
  }

  private Terminal.Result data(Object... arguments) {
    return Terminal.run(
        Stream.concat(Stream.of(arguments), Stream.of("--data", folder.resolve("data"), "--json"))
            .toArray());
  }
}
