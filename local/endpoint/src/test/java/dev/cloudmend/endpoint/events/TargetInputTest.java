package dev.cloudmend.endpoint.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TargetInputTest {

  private static final ObjectNode EVENT =
      Json.parseObject(
          """
          {"id":"e-1","detail-type":"Changed","resources":["arn:1","arn:2"],
           "detail":{"instance-id":"i-1","state":"RUNNING","count":3,"tags":{"a":"b"}}}
          """);

  @Test
  void withoutAnythingTheTargetGetsTheEvent() {
    assertThat(input("{}")).isEqualTo(EVENT.toString());
  }

  @Test
  void aConstantIsGivenAsItIs() {
    assertThat(input("{\"Input\":\"{\\\"action\\\": \\\"sweep\\\"}\"}"))
        .isEqualTo("{\"action\": \"sweep\"}");
  }

  @Test
  void aPathGivesAPart() {
    assertThat(input("{\"InputPath\":\"$.detail.tags\"}")).isEqualTo("{\"a\":\"b\"}");
    assertThat(input("{\"InputPath\":\"$.resources[1]\"}")).isEqualTo("\"arn:2\"");
  }

  @Test
  void theTemplateOfTheDeployedRulesWrapsTheEvent() {
    assertThat(transformed("{\"event\":\"$\"}", "{\"event\": <event>, \"run\": {}}"))
        .isEqualTo("{\"event\": " + EVENT + ", \"run\": {}}");
  }

  @Test
  void aPlaceholderOutsideQuotesIsJsonAndOneWithinIsText() {
    assertThat(
            transformed(
                "{\"i\":\"$.detail.instance-id\",\"n\":\"$.detail.count\",\"t\":\"$.detail.tags\"}",
                "{\"id\": <i>, \"text\": \"<i> \\\"<n>\\\" <t>\", \"n\": <n>, \"tags\": <t>}"))
        .isEqualTo(
            "{\"id\": \"i-1\", \"text\": \"i-1 \\\"3\\\" {a:b}\", \"n\": 3, \"tags\":"
                + " {\"a\":\"b\"}}");
  }

  @Test
  void aTextIsATemplateToo() {
    String paths = "{\"i\":\"$.detail.instance-id\",\"s\":\"$.detail.state\"}";

    assertThat(transformed(paths, "\"<i> is in state <s>\""))
        .isEqualTo("\"i-1 is in state RUNNING\"");
    assertThat(transformed(paths, "Instance <i> is <s>")).isEqualTo("Instance i-1 is RUNNING");
  }

  @Test
  void whatTheEventDoesNotHaveIsEmpty() {
    assertThat(transformed("{\"x\":\"$.detail.gone\"}", "{\"a\": <x>, \"b\": \"-<x>-\"}"))
        .isEqualTo("{\"a\": \"\", \"b\": \"--\"}");
  }

  @Test
  void reservedVariablesAreKnown() {
    assertThat(
            transformed(
                "{}",
                "{\"n\":<aws.events.rule-name>,\"r\":<aws.events.rule-arn>,"
                    + "\"t\":\"<aws.events.event.ingestion-time>\","
                    + "\"e\":<aws.events.event>,\"j\":<aws.events.event.json>}"))
        .isEqualTo(
            "{\"n\":\"all\",\"r\":\"arn:rule\",\"t\":\"2026-01-01T00:00:00Z\",\"e\":"
                + EVENT.deepCopy().without("detail")
                + ",\"j\":"
                + EVENT
                + "}");
  }

  @Property
  void noTextOfAnEventBreaksOutOfItsQuotes(@ForAll String text) {
    ObjectNode event = Json.object().put("text", text);

    String input =
        TargetInput.of(
            delivery(
                event, target("{\"x\":\"$.text\"}", "{\"within\": \"<x>\", \"outside\": <x>}")));

    ObjectNode parsed = Json.parseObject(input);
    assertThat(parsed.path("within").asText()).isEqualTo(text);
    assertThat(parsed.path("outside").asText()).isEqualTo(text);
  }

  private static String transformed(String paths, String template) {
    return TargetInput.of(delivery(EVENT, target(paths, template)));
  }

  private static ObjectNode target(String paths, String template) {
    ObjectNode target = Json.object();
    target
        .putObject("InputTransformer")
        .put("InputTemplate", template)
        .set("InputPathsMap", Json.parse(paths));
    return target;
  }

  private static String input(String target) {
    return TargetInput.of(delivery(EVENT, Json.parseObject(target)));
  }

  private static Delivery delivery(ObjectNode event, ObjectNode target) {
    return new Delivery(
        event,
        new Bus("123456789012", "eu-west-1", "default"),
        "all",
        "arn:rule",
        target,
        "2026-01-01T00:00:00Z",
        false,
        0,
        0);
  }
}
