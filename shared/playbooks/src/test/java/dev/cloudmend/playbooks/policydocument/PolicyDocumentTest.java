package dev.cloudmend.playbooks.policydocument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyDocumentTest {

  private static final String ONE =
      """
      {"Sid":"A","Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"*",\
      "Condition":{"NumericLessThan":{"s3:TlsVersion":1.20},"Bool":{"x:y":[true]}}}""";
  private static final Statement ADDED =
      statement("{\"Sid\":\"B\",\"Effect\":\"Deny\",\"Action\":\"s3:Put*\",\"Resource\":\"*\"}");

  @Property(tries = 300)
  void printsWhatItRead(@ForAll("policies") String text) {
    assertThat(PolicyDocument.parse(text).print())
        .isEqualTo(Json.write(Json.parse(text)))
        .isEqualTo(PolicyDocument.parse(PolicyDocument.parse(text).print()).print());
  }

  @Property(tries = 300)
  void oneMoreLeavesTheOthersAndIsTakenOutWithoutATrace(
      @ForAll("policies") String text, @ForAll("statements") ObjectNode added) {
    PolicyDocument before = PolicyDocument.parse(text);
    Statement statement = Statement.of(added);

    PolicyDocument after = before.with(statement);

    List<String> expected =
        new ArrayList<>(before.statements().stream().map(s -> s.print()).toList());
    expected.add(statement.print());
    assertThat(after.statements()).extracting(Statement::print).isEqualTo(expected);
    assertThat(PolicyDocument.differByExactly(before, after, statement)).isTrue();
    assertThat(after.without(after.statements().getLast()).statements())
        .extracting(Statement::print)
        .isEqualTo(expected.subList(0, expected.size() - 1));
  }

  @Test
  void keepsTheOrderOfMembersAndTheSpellingOfValues() {
    PolicyDocument document =
        PolicyDocument.parse("{\"Statement\": " + ONE + ", \"Id\": \"mine\"}").with(ADDED);

    assertThat(document.print())
        .isEqualTo("{\"Statement\":[" + ONE + "," + ADDED.print() + "],\"Id\":\"mine\"}");
    assertThat(document.bytes()).isEqualTo(document.print().length());
  }

  @Test
  void takesOutOneFromTheMiddle() {
    PolicyDocument document = PolicyDocument.parse("{\"Statement\":[" + ONE + "]}").with(ADDED);
    PolicyDocument more = document.with(statement(ONE.replace("\"A\"", "\"C\"")));

    PolicyDocument fewer = more.without(more.withSid("B").getFirst());

    assertThat(fewer.statements()).extracting(s -> s.sid().orElse("")).containsExactly("A", "C");
  }

  @Test
  void doesNotTakeOutWhatIsNotInIt() {
    assertThatThrownBy(() -> PolicyDocument.empty().without(ADDED))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("without just that one statement");
  }

  @Test
  void tellsEveryDifferenceButTheOneStatement() {
    PolicyDocument less =
        PolicyDocument.parse("{\"Version\":\"2012-10-17\",\"Statement\":[" + ONE + "]}");
    PolicyDocument more = less.with(ADDED);
    String text = more.print();

    assertThat(PolicyDocument.differByExactly(less, more, ADDED)).isTrue();
    assertThat(PolicyDocument.differByExactly(more, less, ADDED)).isFalse();
    assertThat(PolicyDocument.differByExactly(less, less, ADDED)).isFalse();
    for (String other :
        List.of(
            text.replace("2012", "2008"),
            text.replace("1.20", "1.2"),
            text.replace("GetObject", "GetObjectAcl"),
            text.replace("[true]", "true"),
            text.replace("\"Version\":\"2012-10-17\",", ""),
            text.replace("Put*", "P*"))) {
      assertThat(other).isNotEqualTo(text);
      assertThat(PolicyDocument.differByExactly(less, PolicyDocument.parse(other), ADDED))
          .as(other)
          .isFalse();
    }
  }

  @Test
  void findsTheStatementThatCoversAnother() {
    PolicyDocument document = PolicyDocument.parse("{\"Statement\":[" + ONE + "]}").with(ADDED);

    assertThat(
            document.covering(
                statement("{\"Effect\":\"Deny\",\"Action\":\"s3:PutObject\",\"Resource\":\"*\"}")))
        .hasValueSatisfying(s -> assertThat(s.sid()).contains("B"));
    assertThat(
            document.covering(
                statement("{\"Effect\":\"Deny\",\"Action\":\"s3:GetObject\",\"Resource\":\"*\"}")))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | not a JSON object",
        "[] | not a JSON object",
        "{\"Statement\": [] | not JSON",
        "{\"Statement\": []} {} | not JSON",
        "{\"Statement\": [], \"Statement\": []} | not JSON: Duplicate field 'Statement'",
        "{\"Id\": {\"a\": 1, \"a\": 2}, \"Statement\": []} | not JSON: Duplicate field 'a'",
        "{\"Version\": \"2020-01-01\", \"Statement\": []} | unknown version \"2020-01-01\"",
        "{\"version\": \"2012-10-17\", \"Statement\": []} | unknown member 'version'",
        "{\"Version\": \"2012-10-17\"} | neither a statement nor a list",
        "{\"Statement\": [1]} | a statement is not an object",
        "{\"Id\": \"\\ud800\", \"Statement\": []} | half a character"
      })
  void refusesWhatItDoesNotUnderstandWhole(String text, String reason) {
    assertThatThrownBy(() -> PolicyDocument.parse(text))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void showsNothingHarmfulOfWhatItRefuses() {
    assertThatThrownBy(() -> PolicyDocument.parse("{\"\u202e" + "x".repeat(500) + "\": 1}"))
        .message()
        .hasSizeLessThan(300)
        .doesNotContain("\u202e");
  }

  @Provide
  Arbitrary<String> policies() {
    return Policies.policies();
  }

  @Provide
  Arbitrary<ObjectNode> statements() {
    return Policies.statements();
  }

  private static Statement statement(String json) {
    return PolicyDocument.parse("{\"Statement\":" + json + "}").statements().getFirst();
  }
}
