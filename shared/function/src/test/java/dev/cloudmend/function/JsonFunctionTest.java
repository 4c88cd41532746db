package dev.cloudmend.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.aws.AwsConnection;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.store.Store;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.LambdaCall;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.MDC;

class JsonFunctionTest {

  private static final JsonNode STATE =
      Json.toTree(IncidentState.opened("inc-1", "arn:execution", "p", RunOptions.NONE));

  @RegisterExtension final FreshStore tables = new FreshStore();

  @Test
  void readsTheInputAndWritesTheOutputAsJson() throws IOException {
    try (var function =
        new Echo(Map.of(), state -> state.ended(Outcome.ALREADY_COMPLIANT, "fine — «ok»"))) {
      JsonNode output = LambdaCall.call(function, STATE);

      assertThat(output.path("incidentId").asText()).isEqualTo("inc-1");
      assertThat(output.path("outcome").asText()).isEqualTo("ALREADY_COMPLIANT");
      assertThat(output.path("reason").asText()).isEqualTo("fine — «ok»");
    }
  }

  /** A choice of the state machine asks whether {@code outcome} is present. */
  @Test
  void leavesAbsentPartsOut() throws IOException {
    try (var function = new Echo(Map.of(), UnaryOperator.identity())) {
      assertThat(LambdaCall.call(function, STATE).fieldNames())
          .toIterable()
          .containsExactlyInAnyOrder("incidentId", "execution", "playbook", "run", "attempt");
    }
  }

  /** The state machine retries by the class's name. */
  @Test
  void anExceptionKeepsItsClass() {
    var cause = new IllegalStateException("slow down");
    try (var function =
        new Echo(
            Map.of(),
            state -> {
              throw new TryAgainException("later", cause);
            })) {
      assertThatThrownBy(() -> LambdaCall.call(function, STATE))
          .isExactlyInstanceOf(TryAgainException.class)
          .hasMessage("later");
    }
  }

  @Test
  void inputThatIsNotJsonIsAnErrorThatSaysWhere() {
    try (var function = new Echo(Map.of(), UnaryOperator.identity())) {
      assertThatThrownBy(() -> LambdaCall.call(function, "{\"incidentId\": }"))
          .isExactlyInstanceOf(ModelException.class)
          .hasMessageContaining("line 1, column 16");
      assertThatThrownBy(() -> LambdaCall.call(function, "[1]"))
          .isExactlyInstanceOf(ModelException.class)
          .hasMessageContaining("is not a IncidentState");
    }
  }

  @Test
  void logLinesOfAnInputCarryItsIdAndThoseOfTheNextDoNot() throws IOException {
    var seen = new HashMap<String, Optional<String>>();
    try (var function =
        new Echo(
            Map.of(),
            state -> {
              seen.put(state.incidentId(), Optional.ofNullable(MDC.get("correlation_id")));
              return state;
            })) {
      LambdaCall.call(function, STATE);
    }

    assertThat(seen).containsEntry("inc-1", Optional.of("inc-1"));
    assertThat(MDC.get("correlation_id")).isNull();
  }

  @Test
  void aSettingThatIsNotValidIsTheErrorOfTheStart() {
    assertThatThrownBy(
            () -> new Echo(Map.of("cloudmend.live", "perhaps"), UnaryOperator.identity()))
        .isExactlyInstanceOf(ModelException.class)
        .hasMessage("cloudmend.live is 'perhaps'; expected true or false");
  }

  @Test
  void aFunctionGetsItsStoreAndWhereItsTargetsAreFromTheSettings() {
    var settings = new HashMap<>(tables.handlerSettings());
    settings.put("cloudmend.target.endpoint", "http://127.0.0.1:5000");
    tables.store().safety().stop("ana", "a bad day");

    try (var function = new Echo(settings, UnaryOperator.identity())) {
      assertThat(function.get(Store.class).safety().stopped())
          .hasValueSatisfying(stop -> assertThat(stop.by()).isEqualTo("ana"));
      assertThat(function.get(AwsConnection.class).endpoint())
          .contains(URI.create("http://127.0.0.1:5000"));
    }
  }

  /** The smallest function there is. */
  private static final class Echo extends JsonFunction<IncidentState, IncidentState> {

    private final UnaryOperator<IncidentState> core;

    Echo(Map<String, Object> settings, UnaryOperator<IncidentState> core) {
      super(IncidentState.class, settings);
      this.core = core;
      get(Settings.class);
    }

    <T> T get(Class<T> type) {
      return bean(type);
    }

    @Override
    protected IncidentState handle(IncidentState state) {
      return core.apply(state);
    }

    @Override
    protected String correlationOf(IncidentState state) {
      return state.incidentId();
    }
  }
}
