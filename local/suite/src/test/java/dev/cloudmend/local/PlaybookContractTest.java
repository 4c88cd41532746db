package dev.cloudmend.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.playbooks.Catalogue;
import dev.cloudmend.playbooks.Playbook;
import dev.cloudmend.playbooks.PlaybookInfo;
import dev.cloudmend.remediator.UndoState;
import dev.cloudmend.testing.EmulatedAccount;
import dev.cloudmend.testing.RecordedRequest;
import dev.cloudmend.testing.RecordingProxy;
import dev.cloudmend.testing.WithEmulatedAccount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every playbook promises, seen on the emulator through the whole suite. */
@WithEmulatedAccount
class PlaybookContractTest {

  @TempDir Path data;
  private final EmulatedAccount emulated;

  PlaybookContractTest(EmulatedAccount emulated) {
    this.emulated = emulated;
  }

  static Stream<BrokenResource> broken() {
    return BrokenResource.all().stream();
  }

  @Test
  void everyPlaybookOfTheCatalogueIsUnderContract() {
    assertThat(BrokenResource.all().stream().map(BrokenResource::playbook).distinct())
        .containsExactlyInAnyOrderElementsOf(
            Catalogue.standard().playbooks().stream().map(p -> p.info().id()).toList());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("broken")
  void isPlannedAppliedVerifiedAndTakenBack(BrokenResource broken) {
    emulated.reset();
    try (Account account = new Account(emulated.endpoint());
        RecordingProxy proxy = RecordingProxy.inFrontOf(emulated.endpoint())) {
      String arn = broken.breakIt(account);
      JsonNode neighbour = broken.neighbour(account);
      JsonNode broke = broken.snapshot(account, arn);
      Playbook playbook = Catalogue.standard().byId(broken.playbook()).orElseThrow();

      Change planned;
      try (Suite dry = open(proxy, false)) {
        IncidentReport report = run(dry, broken, "e-1", arn);
        assertThat(report.outcome()).as("dry run: %s", report).isEqualTo(Outcome.PLANNED);
        planned = Objects.requireNonNull(report.change());
      }
      assertThat(proxy.writes()).as("a dry run writes nothing").isEmpty();
      assertThat(broken.snapshot(account, arn)).isEqualTo(broke);

      String incident;
      UndoState undone;
      try (Suite live = open(proxy, true)) {
        IncidentReport report = run(live, broken, "e-1", arn);
        assertThat(report.outcome()).as("live run: %s", report).isEqualTo(Outcome.REMEDIATED);
        assertThat(Objects.requireNonNull(report.change()).hash())
            .as("what was planned is what ran")
            .isEqualTo(planned.hash());
        assertThat(Objects.requireNonNull(report.verification()).observed())
            .isEqualTo(planned.after());
        incident = report.incidentId();
        assertThat(broken.snapshot(account, arn)).isNotEqualTo(broke);

        int writes = proxy.writes().size();
        IncidentReport again = run(live, broken, "e-2", arn);
        assertThat(again.outcome()).isEqualTo(Outcome.ALREADY_COMPLIANT);
        assertThat(proxy.writes()).as("a second run writes nothing").hasSize(writes);

        undone = live.undo(incident, "jane");
        assertThat(undone.outcome()).as("undo: %s", undone).isEqualTo(Outcome.UNDONE);
        assertThat(playbook.observe(planned, account.reader())).isEqualTo(planned.stateAfterUndo());
        if (planned.afterUndo() == null) {
          assertThat(broken.snapshot(account, arn)).isEqualTo(broke);
        }

        IncidentReport redone = run(live, broken, "e-3", arn);
        assertThat(redone.outcome())
            .as("what a person took back is not made again")
            .isEqualTo(Outcome.BLOCKED);
        assertThat(redone.reason()).contains("jane").contains(incident);
        assertThat(live.store().audit().verify().holds()).isTrue();
      }
      assertThat(broken.neighbour(account)).as("the neighbour is untouched").isEqualTo(neighbour);
      assertThat(called(proxy))
          .as("only declared operations")
          .isSubsetOf(declared(playbook.info()));
    }
  }

  private Suite open(RecordingProxy proxy, boolean live) {
    var target = new TargetAccount(Optional.of(proxy.endpoint()), Account.REGION, Optional.empty());
    try {
      Path configuration =
          Files.writeString(data.resolve("cloudmend.yaml"), BrokenResource.CONFIGURATION);
      var settings =
          new RunSettings(
              live, false, Optional.empty(), Optional.of(configuration), Optional.empty());
      return Suite.open(ProjectFiles.ofLauncher(), target, data, settings, progress -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static IncidentReport run(Suite suite, BrokenResource broken, String id, String arn) {
    List<IncidentReport> reports =
        suite.run(Account.located(Account.vanta(id, broken.playbook(), arn)), RunOptions.NONE);
    assertThat(reports).hasSize(1);
    return reports.getFirst();
  }

  private static Set<String> called(RecordingProxy proxy) {
    var names = new TreeSet<String>();
    proxy.requests().stream().map(RecordedRequest::name).forEach(names::add);
    // Who the credentials belong to is asked by the shared check; it needs no permission.
    names.remove("sts:GetCallerIdentity");
    return names;
  }

  private static List<String> declared(PlaybookInfo info) {
    var names = new ArrayList<String>();
    Stream.concat(info.reads().stream(), info.writes().stream())
        .forEach(o -> names.add(o.service() + ":" + o.name()));
    return names;
  }
}
