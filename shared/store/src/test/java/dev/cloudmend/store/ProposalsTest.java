package dev.cloudmend.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudmend.model.Json;
import dev.cloudmend.model.PullRequestLink;
import dev.cloudmend.model.PullRequestLink.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ProposalsTest {

  private static final Duration HOUR = Duration.ofHours(1);

  @RegisterExtension final TestStore test = new TestStore();
  private Proposals proposals;

  @BeforeEach
  void proposals() {
    proposals = test.store().proposals();
  }

  @Test
  void whatWasAddedIsFoundUntilItIsRemoved() {
    proposals.add(link(7), "head", "inc-1", false);

    OpenProposal added =
        new OpenProposal(
            link(7),
            "head",
            new TreeSet<>(List.of("inc-1")),
            false,
            false,
            AdvancingClock.START,
            AdvancingClock.START);
    assertThat(proposals.find("acme/infra", 7)).contains(added);
    assertThat(proposals.find("acme/infra", 8)).isEmpty();
    assertThat(proposals.all()).containsExactly(added);
    assertThat(proposals.remove(added)).isTrue();
    assertThat(proposals.all()).isEmpty();
    assertThat(proposals.remove(added)).isFalse();
  }

  @Test
  void addingAgainChangesNothing() {
    proposals.add(link(7), "head", "inc-1", true);
    OpenProposal once = only();
    test.clock.advance(HOUR);

    proposals.add(link(7), "head", "inc-1", false);

    assertThat(only()).isEqualTo(once);
  }

  @Test
  void anotherIncidentOfTheSamePullRequestIsKeptBesideTheFirst() {
    proposals.add(link(7), "head", "inc-2", false);
    proposals.looked(link(7).with(Status.EDITED), "other");

    proposals.add(link(7), "head", "inc-1", true);

    assertThat(only().incidents()).containsExactly("inc-1", "inc-2");
    assertThat(only().fixedLive()).isTrue();
    assertThat(only().pullRequest().status()).isEqualTo(Status.EDITED);
    assertThat(only().headSha()).isEqualTo("other");
  }

  @Test
  void aRepositoryIsTheSameInAnyCase() {
    proposals.add(link(7), "head", "inc-1", false);

    assertThat(proposals.find("Acme/INFRA", 7)).isPresent();
  }

  @Test
  void ofIncidentsThatCameAtTheSameMomentNoneIsLost() throws Exception {
    Callers.atOnce(
        i -> {
          proposals.add(link(7), "head", "inc-" + i, i == 50);
          return i;
        });

    assertThat(only().incidents()).hasSize(Callers.MANY);
    assertThat(only().fixedLive()).isTrue();
  }

  @Test
  void theOneThatWasLookedAtLongestAgoComesFirst() {
    proposals.add(link(1), "head", "inc-1", false);
    test.clock.advance(HOUR);
    proposals.add(link(2), "head", "inc-2", false);
    assertThat(numbers()).containsExactly(1, 2);
    test.clock.advance(HOUR);

    proposals.looked(link(1), "head");

    assertThat(numbers()).containsExactly(2, 1);
    assertThat(proposals.all().getLast().readAt())
        .isEqualTo(AdvancingClock.START.plus(HOUR.multipliedBy(2)));
    assertThat(proposals.all().getLast().addedAt()).isEqualTo(AdvancingClock.START);
  }

  @Test
  void moreThanOnePageOfThemIsListed() {
    String sha = "x".repeat(20_000);
    for (int i = 0; i < 60; i++) {
      proposals.add(link(i), sha, "inc-" + i, false);
    }

    assertThat(proposals.all()).hasSize(60);
  }

  @Test
  void oneThatWasRemovedIsNotBroughtBackByWhoLookedAtIt() {
    proposals.looked(link(7), "head");

    assertThat(test.raw().scan(r -> r.tableName(test.settings().stateTable())).items()).isEmpty();
  }

  @Test
  void oneThatGotAnotherIncidentMeanwhileIsNeitherRemovedNorWithdrawn() {
    proposals.add(link(7), "head", "inc-1", false);
    OpenProposal seen = only();
    proposals.add(link(7), "head", "inc-2", false);

    assertThat(proposals.remove(seen)).isFalse();
    assertThat(proposals.withdrawing(seen)).isFalse();
    assertThat(only().incidents()).containsExactly("inc-1", "inc-2");
    assertThat(only().withdrawing()).isFalse();
  }

  @Test
  void thatItIsAboutToBeClosedIsKnownUntilAnotherIncidentComes() {
    proposals.add(link(7), "head", "inc-1", false);

    assertThat(proposals.withdrawing(only())).isTrue();
    proposals.looked(link(7), "head");
    assertThat(only().withdrawing()).isTrue();

    proposals.add(link(7), "head", "inc-2", false);
    assertThat(only().withdrawing()).isFalse();
  }

  @Test
  void anItemOfSomebodyElseIsAnErrorThatNamesTheAttribute() {
    test.raw()
        .putItem(
            r ->
                r.tableName(test.settings().stateTable())
                    .item(
                        Map.of(
                            "pk", AttributeValue.fromS("proposals"),
                            "sk", AttributeValue.fromS("acme/infra#7"),
                            "pullRequest", AttributeValue.fromS(Json.write(link(7))),
                            "headSha", AttributeValue.fromS("head"),
                            "incidents", AttributeValue.fromS("inc-1"))));

    assertThatThrownBy(() -> proposals.all())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("the attribute incidents cannot be read: has the type S");
  }

  private OpenProposal only() {
    return proposals.find("acme/infra", 7).orElseThrow();
  }

  private List<Integer> numbers() {
    return proposals.all().stream().map(p -> p.pullRequest().number()).toList();
  }

  private static PullRequestLink link(int number) {
    return new PullRequestLink(
        "acme/infra",
        number,
        "https://github.com/acme/infra/pull/" + number,
        "cloudmend/s3-bucket-versioning/0123456789ab",
        Status.OPEN);
  }
}
