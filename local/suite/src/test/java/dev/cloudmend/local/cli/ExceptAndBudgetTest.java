package dev.cloudmend.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.aws.AwsConnection;
import dev.cloudmend.aws.WritingClients;
import dev.cloudmend.local.Suite;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Json;
import dev.cloudmend.store.Exemption;
import dev.cloudmend.store.ExemptionScope;
import dev.cloudmend.testing.EmulatedAccount;
import dev.cloudmend.testing.WithEmulatedAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@WithEmulatedAccount
class ExceptAndBudgetTest {

  private static final String BUCKET = "accepted";
  private static final String ARN = "arn:aws:s3:::" + BUCKET;
  private static final String PLAYBOOK = "s3-bucket-versioning";

  @TempDir private Path folder;
  private final EmulatedAccount emulated;
  private int events;

  ExceptAndBudgetTest(EmulatedAccount emulated) {
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
  void anExceptionIsRecordedListedAndRemoved() {
    JsonNode added =
        data("except", "add", "--resource", ARN, "--reason", "a website", "--days", "30").json();
    String id = added.path("id").asText();

    assertThat(id).matches("exc-[0-9a-f]{12}");
    assertThat(Instant.parse(added.path("until").asText()))
        .isEqualTo(Instant.parse(added.path("since").asText()).plus(Duration.ofDays(30)));
    JsonNode listed = data("except", "list").json().at("/exceptions/0");
    assertThat(listed.path("exception")).isEqualTo(added);
    assertThat(listed.path("state").asText()).isEqualTo("ACTIVE");
    assertThat(listed.path("heldBack").asInt()).isZero();

    assertThat(data("except", "remove", id).json().path("removed").asText()).isEqualTo(id);
    assertThat(data("except", "list").json().path("exceptions")).isEmpty();
    assertThat(data("except", "remove", id).code()).isEqualTo(2);
    assertThat(data("audit", "show", id).json().path("entries").findValuesAsText("kind"))
        .containsExactly("EXCEPTION_ADDED", "EXCEPTION_REMOVED");
  }

  @Test
  void aDateIsMeantToItsEnd() {
    String today = Instant.now().plus(Duration.ofDays(3)).toString().substring(0, 10);

    JsonNode added =
        data(
                "except",
                "add",
                "--tag",
                "env=test",
                "--playbook",
                PLAYBOOK,
                "--account",
                "123456789012",
                "--reason",
                "tests",
                "--until",
                today)
            .json();

    assertThat(Instant.parse(added.path("until").asText()).minusSeconds(1))
        .hasToString(today + "T23:59:59Z");
    assertThat(added.path("scope"))
        .isEqualTo(
            Json.object()
                .put("tagKey", "env")
                .put("tagValue", "test")
                .put("playbook", PLAYBOOK)
                .put("account", "123456789012"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--resource arn:aws:s3:::b --days 3",
        "--resource arn:aws:s3:::b --reason r",
        "--resource arn:aws:s3:::b --reason r --days 3 --until 2100-01-01",
        "--resource arn:aws:s3:::b --reason r --days 366",
        "--resource arn:aws:s3:::b --reason r --days 0",
        "--resource arn:aws:s3:::b --reason r --until 2100-01-01",
        "--resource arn:aws:s3:::b --reason r --until 2020-01-01",
        "--resource arn:aws:s3:::b --reason r --until soon",
        "--resource b --reason r --days 3",
        "--playbook nope --reason r --days 3",
        "--tag =x --reason r --days 3",
        "--account 123456789012 --reason r --days 3",
        "--resource arn:aws:s3:::b --account 12 --reason r --days 3"
      })
  void whatIsNoExceptionEndsWith2AndThereIsNone(String options) {
    Object[] words =
        Stream.concat(Stream.of("except", "add"), Stream.of(options.split(" "))).toArray();

    Terminal.Result result = data(words);

    assertThat(result.code()).as(result.out()).isEqualTo(2);
    assertThat(result.json().at("/errors/0/message").asText()).contains("--");
    assertThat(folder.resolve("data")).as("not even opened").doesNotExist();
  }

  @Test
  void whatAnExceptionHeldBackIsTakenUpAgainWhenItIsRemoved() throws IOException {
    String id =
        data("except", "add", "--resource", ARN, "--reason", "a website", "--days", "3")
            .json()
            .path("id")
            .asText();
    JsonNode held = at("run", vanta()).json().at("/incidents/0");
    assertThat(held.path("outcome").asText()).as("%s", held).isEqualTo("IGNORED");
    assertThat(held.path("reason").asText()).contains(id).contains("a website");
    assertThat(at("except", "wake").json().path("incidents")).as("it still holds").isEmpty();

    assertThat(data("except", "remove", id).json().path("heldBack").asInt()).isEqualTo(1);

    JsonNode woken = at("except", "wake").json().path("incidents");
    assertThat(woken).hasSize(1);
    assertThat(woken.at("/0/outcome").asText()).isEqualTo("PLANNED");
    assertThat(woken.at("/0/finding/title").asText()).contains(id);
    assertThat(at("except", "wake").json().path("incidents")).as("once").isEmpty();
  }

  @Test
  void oneThatIsOverIsShownSo() {
    Instant now = Instant.now();
    try (Suite.Tables tables = Suite.Tables.open(folder.resolve("data"))) {
      tables
          .store()
          .exemptions()
          .add(
              new Exemption(
                  "exc-1",
                  new ExemptionScope(ARN, null, null, null, null),
                  "a website",
                  "jane",
                  now.minusSeconds(60),
                  now.minusSeconds(1)));
      tables.store().exemptions().holdBack("exc-1", "inc-1");
    }

    Terminal.Result result = Terminal.run("except", "list", "--data", folder.resolve("data"));

    assertThat(result.out())
        .contains("OVER")
        .contains("holds back 1 incidents: 'cloudmend except wake' takes them up");
  }

  @Test
  void theBudgetShowsWhatIsUsedAndWhetherChangesAreOn() throws IOException {
    assertThat(data("budget").json().path("budgets")).isEmpty();

    assertThat(at("run", vanta(), "--live").json().at("/incidents/0/outcome").asText())
        .isEqualTo("REMEDIATED");

    JsonNode budget = data("budget").json();
    assertThat(budget.path("budgets").findValuesAsText("which"))
        .containsExactlyInAnyOrder(
            "account " + emulated.accountId(), "playbook " + PLAYBOOK, "all changes");
    assertThat(budget.path("budgets").findValues("used"))
        .extracting(JsonNode::asInt)
        .containsOnly(1);
    assertThat(budget.at("/limits/total").asInt()).isEqualTo(100);
    assertThat(budget.path("stopped").asBoolean()).isFalse();

    data("stop", "--reason", "a drill");
    Terminal.Result shown = Terminal.run("budget", "--data", folder.resolve("data"));
    assertThat(shown.out())
        .containsPattern("1 of +100 +all changes +until ")
        .contains("Live changes are off since")
        .contains("a drill");
  }

  private Path vanta() throws IOException {
    events++;
    return Files.writeString(
        folder.resolve("event-" + events + ".json"),
        """
        {"version":"0","id":"accepted-%d","detail-type":"Test Failed","source":"vanta.compliance","account":"123456789012",
         "time":"2026-11-20T10:00:00Z","region":"us-east-1","resources":[],
         "detail":{"test_name":"%s","resource_arn":"%s"}}
        """
            .formatted(events, PLAYBOOK, ARN));
  }

  private Terminal.Result at(Object... arguments) {
    return data(
        Stream.concat(Stream.of(arguments), Stream.of("--target", emulated.endpoint())).toArray());
  }

  private Terminal.Result data(Object... arguments) {
    return Terminal.run(
        Stream.concat(Stream.of(arguments), Stream.of("--data", folder.resolve("data"), "--json"))
            .toArray());
  }
}
