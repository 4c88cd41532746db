package dev.cloudmend.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.claude.Bedrock;
import dev.cloudmend.configuration.Configuration;
import dev.cloudmend.decider.Decider;
import dev.cloudmend.diagnoser.Diagnoser;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Diagnosis;
import dev.cloudmend.model.Diagnosis.Origin;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.playbooks.Catalogue;
import dev.cloudmend.testing.bedrock.FakeBedrock;
import dev.cloudmend.testing.functions.FreshStore;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The golden cases of the prompt, with the answers that are expected of Claude. */
class PromptCasesTest {

  private static final String EXECUTION = "arn:execution";

  @RegisterExtension final FreshStore tables = new FreshStore();

  static Stream<PromptCase> cases() {
    return PromptCase.read(ProjectFiles.ofLauncher().root().resolve("functions/diagnoser/cases"))
        .stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void theExpectedAnswerHasTheExpectedEnd(PromptCase one) {
    PromptCase.Expected expected = one.expected();
    Incident incident = one.incident();
    tables.store().incidents().open(incident, EXECUTION);

    IncidentState diagnosed = diagnosed(one, incident);

    Diagnosis diagnosis =
        Objects.requireNonNull(
            tables.store().incidents().find(incident.incidentId()).orElseThrow().diagnosis());
    assertThat(diagnosis.origin()).as("%s", diagnosis.reason()).isEqualTo(Origin.CLAUDE);
    assertThat(diagnosis.confidence()).isEqualTo(expected.confidence());
    assertThat(diagnosis.suggestedPlaybook()).isEqualTo(expected.suggestedPlaybook());
    IncidentState end =
        diagnosed.hash() == null
            ? diagnosed
            : new Decider(Catalogue.standard(), Configuration.builtIn(), tables.store(), true)
                .decide(diagnosed);
    assertThat(end.outcome()).isEqualTo(expected.outcome());
  }

  private IncidentState diagnosed(PromptCase one, Incident incident) {
    Change change = one.change();
    IncidentState opened =
        IncidentState.opened(
            incident.incidentId(), EXECUTION, incident.playbook(), RunOptions.NONE);
    IncidentState state = opened;
    if (change != null) {
      tables.store().incidents().saveChange(incident.incidentId(), change);
      state = opened.planned(Json.object(), change.hash());
    }
    try (FakeBedrock server = FakeBedrock.start()) {
      server.answers(request -> one.answerTo(Answers.target(request)));
      var bedrock =
          new Bedrock(
              "us-east-1", Optional.empty(), Optional.of(server.endpoint()), Optional.empty());
      try (Diagnoser diagnoser =
          new Diagnoser(
              Catalogue.standard(),
              tables.store(),
              Optional.of(bedrock.open()),
              true,
              diagnosis -> {})) {
        return diagnoser.diagnose(state);
      }
    }
  }
}
