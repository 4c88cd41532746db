package dev.cloudmend.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptOutTagTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  @ParameterizedTest
  @ValueSource(strings = {"", "true", "false", "static site, ask web", "no", "until next week"})
  void anyValueOptsOut(String value) {
    OptOutTag tag = optOut(value).orElseThrow();

    assertThat(tag.end()).isEmpty();
    assertThat(tag.shown()).contains("until it is taken off").doesNotContain("cannot be read");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cloudmend:ignore", "Cloudmend:Ignore", " CLOUDMEND:IGNORE "})
  void theKeyIsMetWhateverItsCase(String key) {
    assertThat(OptOutTag.in(Map.of("team", "web", key, "yes"), NOW)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cloudmend", "cloudmend:ignored", "x-cloudmend:ignore"})
  void anotherKeyIsNone(String key) {
    assertThat(OptOutTag.in(Map.of(key, "yes"), NOW)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "until=2026-11-22, 2026-11-23T00:00:00Z",
    "until=2026-12-31 static site, 2027-01-01T00:00:00Z",
    "static site; Until = 2026-12-31; ask web, 2027-01-01T00:00:00Z",
    "until:2026-11-22T10:00:01Z, 2026-11-22T10:00:01Z"
  })
  void anEndIsTheDaysLastMomentOrAnInstant(String value, String end) {
    OptOutTag tag = optOut(value).orElseThrow();

    assertThat(tag.end()).contains(Instant.parse(end));
    assertThat(tag.shown()).contains("'" + value + "'").contains("holds until " + end);
  }

  @ParameterizedTest
  @ValueSource(strings = {"until=2026-11-21", "until=2026-11-22T10:00:00Z static site"})
  void whatIsOverOptsOutNoMore(String value) {
    assertThat(optOut(value)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "until=tomorrow",
        "until=",
        "until=31.12.2020",
        "until=2020-13-01",
        "until=+999999999-12-31",
        "until=2020-01-01 until=2020-02-01"
      })
  void anEndThatCannotBeReadStillOptsOutAndSaysSo(String value) {
    assertThat(optOut(value).orElseThrow().shown()).contains("its end cannot be read");
  }

  @Test
  void ofSeveralTheOneThatHoldsCounts() {
    assertThat(
            OptOutTag.in(
                Map.of("Cloudmend:ignore", "until=2020-01-01", "cloudmend:ignore", "for ever"),
                NOW))
        .hasValueSatisfying(tag -> assertThat(tag.value()).isEqualTo("for ever"));
  }

  @Test
  void theAuthorsTextIsShownBoundedAndHarmless() {
    String shown = optOut("\u001b[2J" + "x".repeat(5_000)).orElseThrow().shown();

    assertThat(shown).hasSizeLessThan(600).contains("\\u001b").doesNotContain("\u001b");
  }

  private static Optional<OptOutTag> optOut(String value) {
    return OptOutTag.in(Map.of("cloudmend:ignore", value), NOW);
  }
}
