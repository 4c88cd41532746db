package dev.cloudmend.pullrequests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudmend.model.Arn;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.pullrequests.RepositoryMapping.Entry;
import dev.cloudmend.pullrequests.ResourceMatch.Tag;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryMappingTest {

  private static final ResourceRef LOGS =
      new ResourceRef(Arn.parse("arn:aws:s3:::logs-eu"), "111122223333", "eu-west-1");

  @Test
  void theFirstEntryThatIsMetDecides() {
    var mapping =
        new RepositoryMapping(
            List.of(
                new Entry(match("222233334444", null, null, null), to("acme/other")),
                new Entry(match("111122223333", "eu-west-1", null, null), to("acme/eu")),
                new Entry(ResourceMatch.ALL, to("acme/rest"))));

    assertThat(mapping.of(LOGS, Map.of()).map(d -> d.repository().toString())).contains("acme/eu");
    assertThat(
            mapping
                .of(new ResourceRef(LOGS.arn(), "111122223333", "us-east-1"), Map.of())
                .map(d -> d.repository().toString()))
        .contains("acme/rest");
  }

  @Test
  void whatNoEntryMeetsHasNoRepository() {
    var mapping =
        new RepositoryMapping(
            List.of(new Entry(match(null, null, new Tag("team", "data"), null), to("acme/data"))));

    assertThat(mapping.of(LOGS, Map.of())).isEmpty();
    assertThat(mapping.of(LOGS, Map.of("team", "web"))).isEmpty();
    assertThat(mapping.of(LOGS, Map.of("team", "data"))).isPresent();
  }

  @Test
  void allThatAnEntryAsksForHasToBeMet() {
    ResourceMatch match =
        match("111122223333", "eu-west-1", new Tag("team", "data"), "arn:aws:s3:::logs-*");

    assertThat(match.matches(LOGS, Map.of("team", "data"))).isTrue();
    assertThat(match.matches(LOGS, Map.of())).isFalse();
    assertThat(
            match.matches(
                new ResourceRef(Arn.parse("arn:aws:s3:::my-logs-eu"), "111122223333", "eu-west-1"),
                Map.of("team", "data")))
        .isFalse();
  }

  @Test
  void aRepositoryMayHoldWhatMeetsAllThatAnEntryAsksForButItsTag() {
    var mapping =
        new RepositoryMapping(
            List.of(
                new Entry(match("222233334444", null, null, null), to("acme/other")),
                new Entry(
                    match("111122223333", null, new Tag("team", "data"), "arn:aws:s3:::logs-*"),
                    to("acme/data"))));

    assertThat(mapping.mayHold(LOGS)).isTrue();
    assertThat(mapping.mayHold(new ResourceRef(LOGS.arn(), "333344445555", "eu-west-1"))).isFalse();
    assertThat(
            mapping.mayHold(
                new ResourceRef(Arn.parse("arn:aws:s3:::web"), "111122223333", "eu-west-1")))
        .isFalse();
    assertThat(new RepositoryMapping(List.of()).mayHold(LOGS)).isFalse();
  }

  @Property
  void aPatternMeetsWhatItsExpressionMeets(
      @ForAll("patterns") String pattern, @ForAll("names") String name) {
    String expression =
        Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    ResourceMatch match = match(null, null, null, "arn:aws:s3:::" + pattern);

    assertThat(
            match.matches(
                new ResourceRef(Arn.parse("arn:aws:s3:::" + name), "111122223333", "eu-west-1"),
                Map.of()))
        .isEqualTo(name.matches(expression));
  }

  @Provide
  Arbitrary<String> patterns() {
    return Arbitraries.strings().withChars("ab*").ofMaxLength(6);
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.strings().withChars("ab").ofMinLength(1).ofMaxLength(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/live", "live/", "a//b", "..", "a/../b", ".github", "a b"})
  void aDirectoryIsWrittenFromTheRepositorysRoot(String directory) {
    assertThatThrownBy(() -> to("acme/infra", directory, List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("directory");
  }

  @Test
  void labelsAndReviewersAreOnesThatGitHubTakes() {
    assertThatThrownBy(() -> to("acme/infra", "", List.of(" "), List.of()))
        .hasMessageContaining("label");
    assertThatThrownBy(() -> to("acme/infra", "", List.of(), List.of("no body")))
        .hasMessageContaining("reviewer");
    assertThat(to("acme/infra", "live/eu", List.of("x"), List.of("acme/cloud", "dependabot[bot]")))
        .isNotNull();
  }

  private static ResourceMatch match(
      @Nullable String account, @Nullable String region, @Nullable Tag tag, @Nullable String arn) {
    return new ResourceMatch(
        Optional.ofNullable(account),
        Optional.ofNullable(region),
        Optional.ofNullable(tag),
        Optional.ofNullable(arn));
  }

  private static Destination to(String repository) {
    return to(repository, "", List.of(), List.of());
  }

  private static Destination to(
      String repository, String directory, List<String> labels, List<String> reviewers) {
    return new Destination(
        RepositoryName.of(repository),
        Optional.empty(),
        directory,
        labels,
        reviewers,
        PullRequestLimits.DEFAULT);
  }
}
