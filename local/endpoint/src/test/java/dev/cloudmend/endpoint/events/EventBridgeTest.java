package dev.cloudmend.endpoint.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.endpoint.AwsAnswer;
import dev.cloudmend.endpoint.AwsRequest;
import dev.cloudmend.endpoint.Body;
import dev.cloudmend.endpoint.ServiceException;
import dev.cloudmend.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventBridgeTest {

  private static final String BUS = FakeAccounts.ACCOUNT + "/eu-west-1/default";
  private static final String MACHINE =
      "arn:aws:states:eu-west-1:123456789012:stateMachine:remediation";
  private static final String FUNCTION =
      "arn:aws:lambda:eu-west-1:123456789012:function:closer:live";
  private static final String RULE = "arn:aws:events:eu-west-1:123456789012:rule/all";
  private static final String PATTERN = "{\"source\":[\"vanta\"]}";

  @TempDir Path folder;

  private final FakeAccounts aws = new FakeAccounts();
  private final List<String> log = new CopyOnWriteArrayList<>();
  private EventBridge events;

  @BeforeEach
  void start() {
    events = open(Duration.ZERO);
  }

  @AfterEach
  void end() {
    events.close();
  }

  private EventBridge open(Duration pause) {
    return new EventBridge(
        new EventSettings(
            folder, Clock.systemUTC(), n -> pause, List.of(Duration.ZERO, Duration.ZERO), log::add),
        aws,
        aws,
        aws);
  }

  @Test
  void anEventStartsTheStateMachineOfEachRuleThatItMatches() {
    aws.rule(BUS, "all", Json.object().put("EventPattern", PATTERN));
    aws.rule(BUS, "other", Json.object().put("EventPattern", "{\"source\":[\"other\"]}"));
    aws.rule(BUS, "off", Json.object().put("EventPattern", PATTERN).put("State", "DISABLED"));
    for (String rule : List.of("all", "other", "off")) {
      aws.target(BUS, rule, target(MACHINE + "-" + rule));
    }

    JsonNode answer = put(entry("vanta", "{\"a\":1}"));

    assertThat(answer.path("FailedEntryCount").asInt()).isZero();
    String id = answer.at("/Entries/0/EventId").asText();
    await(() -> aws.executions.size() == 1);
    FakeAccounts.Started started = aws.executions.getFirst();
    assertThat(started.arn()).isEqualTo(MACHINE + "-all");
    assertThat(started.name()).startsWith(id + "_").hasSize(73);
    assertThat(started.input().path("id").asText()).isEqualTo(id);
    assertThat(started.input().path("account").asText()).isEqualTo(FakeAccounts.ACCOUNT);
    assertThat(started.input().path("region").asText()).isEqualTo("eu-west-1");
    assertThat(started.input().at("/detail/a").asInt()).isEqualTo(1);
    await(this::nothingIsLeft);
  }

  @Test
  void eachEntryIsTakenOrRefusedByItself() {
    JsonNode answer =
        put(
            entry("vanta", "{}"),
            entry("", "{}"),
            entry("vanta", "[]"),
            entry("vanta", "{"),
            entry("aws.s3", "{}"),
            entry("vanta", "{}").put("DetailType", ""));

    assertThat(answer.path("FailedEntryCount").asInt()).isEqualTo(5);
    assertThat(answer.path("Entries").findValuesAsText("ErrorCode"))
        .containsExactly(
            "InvalidArgument",
            "MalformedDetail",
            "MalformedDetail",
            "NotAuthorizedForSourceException",
            "InvalidArgument");
    assertThat(answer.at("/Entries/1/ErrorMessage").asText())
        .isEqualTo("Parameter Source is not valid. Reason: Source is a required argument.");
    assertThat(answer.at("/Entries/0/EventId").asText()).isNotEmpty();
  }

  @Test
  void tooManyAndTooLargeEntriesAreRefusedTogether() {
    ObjectNode large = entry("vanta", "{\"a\":\"" + "x".repeat(600_000) + "\"}");

    assertRefused(List.of(), "ValidationException", "greater than or equal to 1");
    assertRefused(
        Collections.nCopies(11, entry("vanta", "{}")),
        "ValidationException",
        "less than or equal to 10");
    assertRefused(
        List.of(large, large),
        "ValidationException",
        "Total size of the entries in the request is over the limit.");
    assertThat(put(large).path("FailedEntryCount").asInt()).isZero();
  }

  private void assertRefused(List<ObjectNode> entries, String code, String message) {
    assertThatThrownBy(() -> put(entries.toArray(ObjectNode[]::new)))
        .isInstanceOfSatisfying(ServiceException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }

  @Test
  void anEventForABusThatIsNotThereIsAcceptedAndReachesNobody() {
    JsonNode answer = put(entry("vanta", "{}").put("EventBusName", "gone"));

    assertThat(answer.path("FailedEntryCount").asInt()).isZero();
    await(this::nothingIsLeft);
    assertThat(log).containsExactly("There is no event bus gone; events for it reach nobody");
  }

  @Test
  void aBusIsNamedByItsArnToo() {
    String bus = "111122223333/us-east-1/own";
    aws.rule(bus, "all", Json.object().put("EventPattern", PATTERN));
    aws.target(bus, "all", target(MACHINE));

    put(
        entry("vanta", "{}")
            .put("EventBusName", "arn:aws:events:us-east-1:111122223333:event-bus/own"));

    await(() -> aws.executions.size() == 1);
    assertThat(aws.executions.getFirst().input().path("account").asText())
        .isEqualTo(FakeAccounts.ACCOUNT);
  }

  @Test
  void rulesAreReadAgainOnlyAfterAWrite() {
    put(entry("vanta", "{}"));
    await(this::nothingIsLeft);
    aws.rule(BUS, "all", Json.object().put("EventPattern", PATTERN));
    aws.target(BUS, "all", target(MACHINE));
    put(entry("vanta", "{}"));
    await(this::nothingIsLeft);
    assertThat(aws.executions).isEmpty();
    assertThat(aws.calls).containsExactly("ListRules");

    written("PutTargets", Json.object());
    put(entry("vanta", "{}"));

    await(() -> aws.executions.size() == 1);
  }

  @Test
  void aTargetThatIsNotThereGetsNoSecondAttempt() {
    failing(new ServiceException(400, "StateMachineDoesNotExist", "no such machine"), 9);
    rule(target(MACHINE, "{\"DeadLetterConfig\":{\"Arn\":\"" + queue("dead") + "\"}}"));

    put(entry("vanta", "{}"));

    await(() -> aws.messages.size() == 1);
    ObjectNode message = aws.messages.getFirst();
    assertThat(message.path("QueueUrl").asText()).isEqualTo("http://queues/dead");
    assertThat(Json.parse(message.path("MessageBody").asText()).path("source").asText())
        .isEqualTo("vanta");
    assertThat(attributes(message))
        .isEqualTo(
            Map.of(
                "RULE_ARN",
                RULE,
                "TARGET_ARN",
                MACHINE,
                "ERROR_CODE",
                "NO_RESOURCE",
                "ERROR_MESSAGE",
                "StateMachineDoesNotExist: no such machine",
                "RETRY_ATTEMPTS",
                "0"));
    await(this::nothingIsLeft);
    assertThat(events.lost()).isZero();
  }

  @Test
  void anotherAttemptIsMadeAsOftenAsThePolicyAllows() {
    failing(new ServiceException(503, "ServiceUnavailable", "later"), 9);
    rule(
        target(
            MACHINE,
            """
            {"RetryPolicy":{"MaximumRetryAttempts":2,"MaximumEventAgeInSeconds":3600},
             "DeadLetterConfig":{"Arn":"%s"}}
            """
                .formatted(queue("dead"))));

    put(entry("vanta", "{}"));

    await(() -> aws.messages.size() == 1);
    assertThat(attributes(aws.messages.getFirst()))
        .containsEntry("EXHAUSTED_RETRY_CONDITION", "MaximumRetryAttempts")
        .containsEntry("RETRY_ATTEMPTS", "2")
        .containsEntry("ERROR_CODE", "ERROR_FROM_TARGET");
    assertThat(aws.failures).hasValue(6);
  }

  @Test
  void anEventThatIsTooOldIsNotTriedAgain() {
    events.close();
    events = open(Duration.ofMinutes(2));
    failing(new ServiceException(503, "ServiceUnavailable", "later"), 9);
    rule(
        target(
            MACHINE,
            """
            {"RetryPolicy":{"MaximumEventAgeInSeconds":60},"DeadLetterConfig":{"Arn":"%s"}}
            """
                .formatted(queue("dead"))));

    put(entry("vanta", "{}"));

    await(() -> aws.messages.size() == 1);
    assertThat(attributes(aws.messages.getFirst()))
        .containsEntry("EXHAUSTED_RETRY_CONDITION", "MaximumEventAgeInSeconds")
        .containsEntry("RETRY_ATTEMPTS", "0");
  }

  @Test
  void aTargetThatComesBackGetsTheEvent() {
    failing(new ServiceException(503, "ServiceUnavailable", "later"), 3);
    rule(target(MACHINE));

    put(entry("vanta", "{}"));

    await(() -> aws.executions.size() == 1);
    await(this::nothingIsLeft);
    assertThat(events.lost()).isZero();
  }

  @Test
  void whatReachesNeitherTargetNorQueueIsCountedAndSaid() {
    failing(new ServiceException(403, "AccessDeniedException", "no"), 9);
    rule(target(MACHINE));

    put(entry("vanta", "{}"));

    await(() -> events.lost() == 1);
    await(this::nothingIsLeft);
    assertThat(log)
        .containsExactly(
            "An event of "
                + RULE
                + " did not reach "
                + MACHINE
                + ": NO_PERMISSIONS, and no dead-letter queue took it");
  }

  @Test
  void aFunctionThatFailsIsCalledThreeTimesAndNoDeadLetterIsMade() {
    aws.functionError = "java.lang.IllegalStateException";
    rule(target(FUNCTION, "{\"DeadLetterConfig\":{\"Arn\":\"" + queue("dead") + "\"}}"));

    put(entry("vanta", "{}"));

    await(() -> aws.invocations.size() == 3);
    await(this::nothingIsLeft);
    assertThat(aws.messages).isEmpty();
    assertThat(log)
        .containsExactly(
            "An event of " + RULE + " did not reach " + FUNCTION + ": the function failed 3 times");
  }

  @Test
  void aQueueGetsTheTextAndAGroup() {
    rule(
        target(
            queue("inbox.fifo"),
            "{\"Input\":\"{\\\"a\\\": 1}\",\"SqsParameters\":{\"MessageGroupId\":\"g\"}}"));

    put(entry("vanta", "{}"));

    await(() -> aws.messages.size() == 1);
    assertThat(aws.messages.getFirst().toString())
        .isEqualTo(
            """
            {"QueueUrl":"http://queues/inbox.fifo","MessageBody":"{\\"a\\": 1}","MessageGroupId":"g"}\
            """);
  }

  @Test
  void anotherBusGetsTheEventOnce() {
    String second = "111122223333/eu-west-1/second";
    String third = "111122223333/eu-west-1/third";
    rule(target("arn:aws:events:eu-west-1:111122223333:event-bus/second"));
    for (String bus : List.of(second, third)) {
      aws.rule(bus, "all", Json.object().put("EventPattern", PATTERN));
      aws.target(bus, "all", target(MACHINE));
    }
    aws.target(second, "all", target("arn:aws:events:eu-west-1:111122223333:event-bus/third"));

    put(entry("vanta", "{}"));

    await(() -> events.lost() == 1);
    await(this::nothingIsLeft);
    assertThat(aws.executions).hasSize(1);
    assertThat(aws.executions.getFirst().input().path("account").asText())
        .isEqualTo(FakeAccounts.ACCOUNT);
    assertThat(log.getFirst()).contains("THIRD_ACCOUNT_HOP_DETECTED");
  }

  @Test
  void whatOneProcessAcceptedAnotherDelivers() {
    events.close();
    events = open(Duration.ofHours(1));
    failing(new ServiceException(503, "ServiceUnavailable", "later"), 1);
    rule(target(MACHINE));
    String id = put(entry("vanta", "{}")).at("/Entries/0/EventId").asText();
    await(() -> aws.failures.get() == 0);
    events.close();
    assertThat(aws.executions).isEmpty();

    events = open(Duration.ZERO);
    events.begin();

    await(() -> aws.executions.size() == 1);
    assertThat(aws.executions.getFirst().name()).startsWith(id + "_");
    await(this::nothingIsLeft);
  }

  @Test
  void servicesPutEventsOnTheDefaultBus() {
    aws.rule(BUS, "all", Json.object().put("EventPattern", "{\"source\":[\"aws.states\"]}"));
    aws.target(BUS, "all", target(FUNCTION));

    events.put(
        Json.object()
            .put("id", "1")
            .put("source", "aws.states")
            .put("account", FakeAccounts.ACCOUNT)
            .put("region", "eu-west-1"));

    await(() -> aws.invocations.size() == 1);
    assertThat(aws.invocations.getFirst().arn()).isEqualTo(FUNCTION);
  }

  @Test
  void patternsAreTested() {
    String event =
        """
        {"id":"1","account":"1","source":"vanta","time":"2026-01-01T00:00:00Z","region":"r",
         "resources":[],"detail-type":"t","detail":{}}
        """;

    assertThat(test(PATTERN, event).path("Result").asBoolean()).isTrue();
    assertThat(test("{\"source\":[\"x\"]}", event).path("Result").asBoolean()).isFalse();
    assertThatThrownBy(() -> test("{\"source\":\"vanta\"}", event))
        .isInstanceOfSatisfying(
            ServiceException.class,
            e -> assertThat(e.code()).isEqualTo("InvalidEventPatternException"))
        .hasMessageStartingWith("Event pattern is not valid. Reason: ");
    assertThatThrownBy(() -> test(PATTERN, "{\"id\":\"1\"}"))
        .isInstanceOfSatisfying(
            ServiceException.class, e -> assertThat(e.code()).isEqualTo("ValidationException"));
  }

  private ObjectNode test(String pattern, String event) {
    return answer(
        "TestEventPattern", Json.object().put("EventPattern", pattern).put("Event", event));
  }

  private void failing(ServiceException failure, int times) {
    aws.failure = failure;
    aws.failures.set(times);
  }

  private void rule(ObjectNode target) {
    aws.rule(BUS, "all", Json.object().put("EventPattern", PATTERN));
    aws.target(BUS, "all", target);
  }

  private static String queue(String name) {
    return "arn:aws:sqs:eu-west-1:123456789012:" + name;
  }

  private static ObjectNode target(String arn) {
    return Json.object().put("Id", arn).put("Arn", arn);
  }

  private static ObjectNode target(String arn, String more) {
    return target(arn).setAll(Json.parseObject(more));
  }

  private static ObjectNode entry(String source, String detail) {
    return Json.object().put("Source", source).put("DetailType", "t").put("Detail", detail);
  }

  private ObjectNode put(ObjectNode... entries) {
    ObjectNode parameters = Json.object();
    ArrayNode list = parameters.putArray("Entries");
    list.addAll(List.of(entries));
    return answer("PutEvents", parameters);
  }

  private ObjectNode answer(String operation, ObjectNode parameters) {
    return events.answer(request(operation, parameters)).body().json();
  }

  private void written(String operation, ObjectNode parameters) {
    events
        .watching()
        .succeeded(request(operation, parameters), new AwsAnswer(200, Map.of(), Body.EMPTY));
  }

  private static AwsRequest request(String operation, ObjectNode parameters) {
    return new AwsRequest(
        "events",
        operation,
        "eu-west-1",
        FakeAccounts.ACCOUNT,
        "POST",
        "/",
        Map.of(),
        Body.of(parameters.toString()));
  }

  private static Map<String, String> attributes(ObjectNode message) {
    var attributes = new TreeMap<String, String>();
    message
        .path("MessageAttributes")
        .properties()
        .forEach(
            entry -> attributes.put(entry.getKey(), entry.getValue().path("StringValue").asText()));
    return attributes;
  }

  private boolean nothingIsLeft() {
    return isEmpty(folder.resolve("events")) && isEmpty(folder.resolve("deliveries"));
  }

  private static boolean isEmpty(Path folder) {
    try (var files = Files.list(folder)) {
      return files.findAny().isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("the condition held in time").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}
