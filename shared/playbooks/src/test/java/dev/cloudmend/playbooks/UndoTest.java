package dev.cloudmend.playbooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Assessment;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Reversibility;
import dev.cloudmend.model.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UndoTest {

  private static final JsonNode OFF = Json.parse("{\"A\": false, \"B\": false}");
  private static final JsonNode ON = Json.parse("{\"A\": true, \"B\": true}");
  private static final ApiCall APPLY = call("Put");
  private static final ApiCall UNDO = call("Delete");

  @Test
  void turnsAChangeThatStillHoldsAround() {
    Change applied = change(OFF, ON, Reversibility.EXACT, null);

    Change undo = violating(Undo.plan(applied, ON));

    assertThat(undo.target()).isEqualTo(applied.target());
    assertThat(undo.playbook()).isEqualTo("p");
    assertThat(undo.playbookVersion()).isEqualTo("7");
    assertThat(undo.before()).isEqualTo(ON);
    assertThat(undo.after()).isEqualTo(OFF);
    assertThat(undo.apply()).containsExactly(UNDO);
    assertThat(undo.undo()).containsExactly(APPLY);
    assertThat(undo.reversibility()).isEqualTo(Reversibility.EXACT);
    assertThat(undo.afterUndo()).isNull();
  }

  @Test
  void isToldFromTheChangeByItsSummaryAndItsHash() {
    Change applied = change(OFF, ON, Reversibility.EXACT, null);

    Change undo = violating(Undo.plan(applied, ON));

    assertThat(undo.summary()).isEqualTo("Take back: Switch on");
    assertThat(undo.hash()).isNotEqualTo(applied.hash());
    assertThat(undo.evidence().path("takesBack").asText()).isEqualTo(applied.hash());
  }

  @Test
  void leadsToTheDeclaredStateWhereTheFormerOneCannotComeBack() {
    JsonNode suspended = Json.parse("{\"A\": \"suspended\"}");
    Change applied = change(NullNode.getInstance(), ON, Reversibility.EQUIVALENT, suspended);

    assertThat(violating(Undo.plan(applied, ON)).after()).isEqualTo(suspended);
    assertThat(Undo.plan(applied, suspended)).isEqualTo(new Assessment.Compliant());
    assertThat(Undo.plan(applied, NullNode.getInstance())).isInstanceOf(Assessment.Blocked.class);
  }

  @Test
  void hasNothingToTakeBackWhereTheFormerStateIsThere() {
    Change applied = change(OFF, ON, Reversibility.EXACT, null);

    assertThat(Undo.plan(applied, Json.parse("{\"B\": false, \"A\": false, \"C\": null}")))
        .isEqualTo(new Assessment.Compliant());
  }

  @Test
  void isBlockedWithEveryDifferenceWhereSomebodyChangedTheState() {
    Change applied = change(OFF, ON, Reversibility.EXACT, null);

    assertThat(Undo.plan(applied, Json.parse("{\"A\": true, \"C\": [1]}")))
        .asInstanceOf(type(Assessment.Blocked.class))
        .extracting(Assessment.Blocked::reason)
        .isEqualTo(
            "the live state is no longer what the change left: /B expected true, found null; /C"
                + " expected null, found [1]");
  }

  @Test
  void isBlockedWithBoundedAndHarmlessText() {
    Change applied = change(OFF, ON, Reversibility.EXACT, null);
    var found = Json.object();
    for (int i = 0; i < 40; i++) {
      found.put("M" + i, "\u202e" + "x".repeat(5_000));
    }

    assertThat(Undo.plan(applied, found))
        .asInstanceOf(type(Assessment.Blocked.class))
        .extracting(Assessment.Blocked::reason)
        .asString()
        .hasSizeLessThan(3_000)
        .doesNotContain("\u202e")
        .endsWith("and 32 more");
  }

  @Test
  void isBlockedWhereThereIsNoWayBack() {
    Change applied =
        new Change(
            target(),
            "p",
            "7",
            OFF,
            ON,
            List.of(APPLY),
            List.of(),
            Reversibility.NONE,
            null,
            "Delete it",
            List.of(),
            Json.object());

    assertThat(Undo.plan(applied, ON))
        .isEqualTo(new Assessment.Blocked("'Delete it' has no way back"));
  }

  private static Change change(
      JsonNode before, JsonNode after, Reversibility reversibility, @Nullable JsonNode afterUndo) {
    return new Change(
        target(),
        "p",
        "7",
        before,
        after,
        List.of(APPLY),
        List.of(UNDO),
        reversibility,
        afterUndo,
        "Switch on",
        List.of(),
        Json.object());
  }

  private static Target target() {
    return new Target("aws", "111122223333", "us-east-1", Arn.parse("arn:aws:s3:::shop"));
  }

  private static ApiCall call(String operation) {
    return new ApiCall("s3", operation, "us-east-1", Json.object().put("Bucket", "shop"));
  }

  private static Change violating(Assessment assessment) {
    return assertThat(assessment).asInstanceOf(type(Assessment.Violating.class)).actual().change();
  }
}
