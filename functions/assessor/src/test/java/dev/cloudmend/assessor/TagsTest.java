package dev.cloudmend.assessor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.function.IncidentState;
import dev.cloudmend.model.Assessment;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.pullrequests.Destination;
import dev.cloudmend.pullrequests.PullRequestLimits;
import dev.cloudmend.pullrequests.RepositoryMapping;
import dev.cloudmend.pullrequests.RepositoryMapping.Entry;
import dev.cloudmend.pullrequests.RepositoryName;
import dev.cloudmend.pullrequests.ResourceMatch;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.SampleIncidents;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tags that are kept for whoever proposes the fix to the source. */
class TagsTest {

  @RegisterExtension final FreshStore tables = new FreshStore();
  private final Desk desk = new Desk(tables);

  @Test
  void theTagsOfAPlannedResourceAreKeptAndReadOnce() {
    mapped(SampleIncidents.ACCOUNT);
    desk.answers = call -> Desk.tags("team", "web");

    IncidentState planned = assess("evt-1");

    assertThat(planned.hash()).isNotNull();
    assertThat(desk.record(planned).tags()).isEqualTo(Map.of("team", "web"));
    assertThat(desk.read).containsExactly("s3:GetBucketTagging");
  }

  @Test
  void anotherAssessmentKeepsTheTagsThatItSees() {
    mapped(SampleIncidents.ACCOUNT);
    desk.answers = call -> Desk.tags("team", "web");
    IncidentState planned = assess("evt-1");
    desk.answers = call -> Desk.tags("team", "data");

    desk.assessor().assess(planned);

    assertThat(desk.record(planned).tags()).isEqualTo(Map.of("team", "data"));
  }

  @Test
  void withoutARepositoryThatMayHoldTheSourceTheyAreNotKept() {
    desk.answers = call -> Desk.tags("team", "web");
    assertThat(desk.record(assess("evt-1")).tags()).isEmpty();

    mapped("999999999999");
    desk.playbook.seesViolation("Enabled");
    IncidentState planned = assess("evt-2");

    assertThat(planned.outcome()).isNull();
    assertThat(desk.record(planned).tags()).isEmpty();
  }

  @Test
  void whatIsNotPlannedKeepsNone() {
    mapped(SampleIncidents.ACCOUNT);
    desk.answers = call -> Desk.tags("team", "web");
    assess("evt-1");

    IncidentState duplicate = assess("evt-2");
    desk.playbook.sees(new Assessment.Compliant());
    IncidentState compliant = assess("evt-3");

    assertThat(duplicate.outcome()).isEqualTo(Outcome.DUPLICATE);
    assertThat(desk.record(duplicate).tags()).isEmpty();
    assertThat(desk.record(compliant).tags()).isEmpty();
  }

  private void mapped(String account) {
    // A tag is not known yet where it is decided whether tags are needed.
    var match =
        new ResourceMatch(
            Optional.of(account),
            Optional.empty(),
            Optional.of(new ResourceMatch.Tag("team", "other")),
            Optional.empty());
    var destination =
        new Destination(
            RepositoryName.of("acme/web"),
            Optional.empty(),
            "",
            List.of(),
            List.of(),
            PullRequestLimits.DEFAULT);
    desk.repositories = new RepositoryMapping(List.of(new Entry(match, destination)));
  }

  private IncidentState assess(String eventId) {
    return desk.assessor().assess(desk.open(Desk.incident(eventId)));
  }
}
