package dev.cloudmend.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudmend.local.InputException.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventFileTest {

  private static final String EVENT =
      "{\"id\":\"1\",\"source\":\"s\",\"detail-type\":\"t\",\"detail\":{}}";

  private final EventFile file = new EventFile("f.json", () -> "123456789012", "eu-west-1");

  @Test
  void anEventAnArrayAndEntriesAreRead() {
    assertThat(file.read(EVENT)).extracting(EventFile.Located::pointer).containsExactly("");
    assertThat(file.read("[" + EVENT + "," + EVENT + "]"))
        .extracting(EventFile.Located::pointer)
        .containsExactly("/0", "/1");
  }

  @Test
  void anEntryGetsWhatEventBridgeWouldAddAndTheSameEntryTheSameId() {
    String entries =
        "[{\"Source\":\"vanta.compliance\",\"DetailType\":\"Test Failed\",\"Detail\":\"{\\\"a\\\":1}\",\"Time\":\"2026-11-20T10:00:00Z\"}]";

    var event = file.read(entries).getFirst().event();

    assertThat(event.path("account").asText()).isEqualTo("123456789012");
    assertThat(event.path("region").asText()).isEqualTo("eu-west-1");
    assertThat(event.path("detail-type").asText()).isEqualTo("Test Failed");
    assertThat(event.at("/detail/a").asInt()).isEqualTo(1);
    assertThat(event.path("id"))
        .isEqualTo(file.read("{\"Entries\":" + entries + "}").getFirst().event().path("id"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{|''|is not JSON at line 1",
        "~~|''|is empty",
        "3|''|is a JSON number",
        "\"x\"|''|is a JSON string",
        "[]|''|has no events",
        "[3]|/0|is a JSON number",
        "{}|/source|is missing",
        "[{\"Source\":\"s\",\"DetailType\":\"t\",\"Detail\":\"{\"}]|/0/Detail|is not JSON",
        "[{\"Source\":\"s\",\"DetailType\":\"t\",\"Detail\":{}}]|/0/Detail|is a JSON object"
      })
  void whatCannotBeReadIsSaidWithItsPointer(String text, String pointer, String message) {
    String where = pointer.equals("''") ? "" : pointer;
    assertThatThrownBy(() -> file.read(text == null ? "" : text))
        .isInstanceOfSatisfying(
            InputException.class,
            e ->
                assertThat(e.faults())
                    .anySatisfy(
                        fault -> {
                          assertThat(fault.pointer()).isEqualTo(where);
                          assertThat(fault.message()).contains(message);
                        }));
  }

  @Test
  void allProblemsAreSaidAtOnce() {
    assertThatThrownBy(() -> file.read("[{}, 3, " + EVENT + "]"))
        .isInstanceOfSatisfying(
            InputException.class,
            e ->
                assertThat(e.faults())
                    .extracting(Fault::pointer)
                    .isEqualTo(List.of("/0/source", "/0/detail-type", "/0/detail", "/1")));
  }

  @Test
  void anEventThatEventBridgeWouldNotTakeIsRefused() {
    String large = EVENT.replace("{}", "{\"x\":\"" + "y".repeat(300_000) + "\"}");

    assertThatThrownBy(() -> file.read(large))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("at most 262144");
  }
}
