package dev.cloudmend.states.definition;

import static dev.cloudmend.states.Machine.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "StringEquals | \"a\" | \"a\" | true",
        "StringEquals | 1 | \"1\" | false",
        "StringEquals | null | \"a\" | false",
        "StringLessThan | \"a\" | \"b\" | true",
        "StringGreaterThan | \"b\" | \"b\" | false",
        "StringLessThanEquals | \"b\" | \"b\" | true",
        "StringGreaterThanEquals | \"a\" | \"b\" | false",
        "NumericEquals | 1 | 1.0 | true",
        "NumericEquals | \"1\" | 1 | false",
        "NumericLessThan | 1.5 | 2 | true",
        "NumericGreaterThan | 2 | 2 | false",
        "NumericLessThanEquals | 2 | 2 | true",
        "NumericGreaterThanEquals | 1e3 | 1000 | true",
        "BooleanEquals | true | true | true",
        "BooleanEquals | \"true\" | true | false",
        "TimestampEquals | \"2001-01-01T12:00:00Z\" | \"2001-01-01T13:00:00.000+01:00\" | true",
        "TimestampLessThan | \"2001-01-01T12:00:00Z\" | \"2001-01-01T12:00:00.001Z\" | true",
        "TimestampGreaterThan | \"2001-01-01\" | \"2000-01-01T00:00:00Z\" | false",
        "TimestampLessThanEquals | \"2001-01-01T12:00:00Z\" | \"2001-01-01T12:00:00Z\" | true",
        "TimestampGreaterThanEquals | \"2001-01-01T12:00:00z\" | \"2000-01-01T00:00:00Z\" | false",
        "StringMatches | \"foo23.log\" | \"foo*.log\" | true",
        "StringMatches | \"zebra.log\" | \"*.log\" | true",
        "StringMatches | \"foobar.zebra\" | \"foo*.*\" | true",
        "StringMatches | \"foo*bar\" | \"foo\\\\*bar\" | true",
        "StringMatches | \"fooxbar\" | \"foo\\\\*bar\" | false",
        "StringMatches | \"a\\\\b\" | \"a\\\\\\\\b\" | true",
        "StringMatches | \"\" | \"*\" | true",
        "StringMatches | 5 | \"*\" | false",
        "IsNull | null | true | true",
        "IsNull | 0 | true | false",
        "IsNull | 0 | false | true",
        "IsString | \"\" | true | true",
        "IsNumeric | 0.0 | true | true",
        "IsBoolean | false | true | true",
        "IsTimestamp | \"2016-03-14T01:59:00Z\" | true | true",
        "IsTimestamp | \"2016-02-30T01:59:00Z\" | true | false",
        "IsTimestamp | \"2012-10-09T19:00:55\" | true | false",
      })
  void aComparisonHoldsForItsTypeOnly(String field, String value, String operand, boolean holds) {
    assertThat(Operator.ofField(field).orElseThrow().test(json(value), json(operand)))
        .isEqualTo(holds);
  }

  @Test
  void aPatternOfManyStarsTakesNoLongTime() {
    assertThat(Wildcards.match("*a".repeat(200) + "b", "a".repeat(20_000))).isFalse();
  }

  @Property(tries = 2000)
  void patternsMatchAsTheirRegularExpressionsDo(
      @ForAll @Chars({'a', 'b', '*'}) @StringLength(max = 6) String pattern,
      @ForAll @Chars({'a', 'b'}) @StringLength(max = 6) String text) {
    boolean expected = Pattern.matches(pattern.replace("*", ".*"), text);

    assertThat(Wildcards.match(pattern, text)).isEqualTo(expected);
  }
}
