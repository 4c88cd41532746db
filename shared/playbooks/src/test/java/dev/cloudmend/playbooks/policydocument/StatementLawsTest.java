package dev.cloudmend.playbooks.policydocument;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class StatementLawsTest {

  @Property(tries = 500)
  void aStatementSaysWhatItSays(@ForAll("statements") ObjectNode json) {
    Statement statement = Statement.of(json);

    assertThat(statement.isEquivalentTo(statement)).isTrue();
    assertThat(statement.covers(statement)).isTrue();
    assertThat(statement.json().toString()).isEqualTo(json.toString());
  }

  @Property(tries = 1000)
  void anotherSpellingSaysTheSame(@ForAll("statements") ObjectNode json, @ForAll long seed) {
    Statement one = Statement.of(json);
    Statement other = Statement.of(Policies.respelt(json, new Random(seed)));

    assertThat(one.isEquivalentTo(other)).isTrue();
    assertThat(other.isEquivalentTo(one)).isTrue();
    assertThat(one.covers(other)).isTrue();
    assertThat(other.covers(one)).isTrue();
  }

  @Property(tries = 1000)
  void anotherMeaningIsNotTheSame(
      @ForAll("statements") ObjectNode json,
      @ForAll @IntRange(max = 7) int which,
      @ForAll long seed) {
    Statement one = Statement.of(json);
    Statement other =
        Statement.of(Policies.respelt(Policies.mutated(json, which), new Random(seed)));

    assertThat(one.isEquivalentTo(other)).isFalse();
    assertThat(other.isEquivalentTo(one)).isFalse();
  }

  @Property(tries = 1000)
  void whatCoversEachOtherIsTheSameAndTheOrderOfTwoDoesNotMatter(
      @ForAll("statements") ObjectNode one, @ForAll("statements") ObjectNode other) {
    Statement a = Statement.of(one);
    Statement b = Statement.of(other);

    assertThat(a.isEquivalentTo(b)).isEqualTo(b.isEquivalentTo(a));
    assertThat(a.covers(b) && b.covers(a)).isEqualTo(a.isEquivalentTo(b));
  }

  @Property(tries = 500)
  void oneMoreConditionSaysLess(@ForAll("statements") ObjectNode json) {
    ObjectNode narrowed = json.deepCopy();
    narrowed.withObject("/Condition").putObject("ArnLike").put("aws:PrincipalArn", "arn:aws:x");

    assertThat(Statement.of(json).covers(Statement.of(narrowed))).isTrue();
    assertThat(Statement.of(narrowed).covers(Statement.of(json))).isFalse();
  }

  @Provide
  Arbitrary<ObjectNode> statements() {
    return Policies.statements();
  }
}
