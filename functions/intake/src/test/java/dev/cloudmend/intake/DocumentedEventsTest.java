package dev.cloudmend.intake;

import static dev.cloudmend.intake.Samples.incidents;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.model.Incident;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table in docs/events.md, as far as Intake decides what stands in it: which incidents a sample
 * makes, by which playbooks, and the ends that are known there.
 */
class DocumentedEventsTest {

  /** One line of the table. */
  record Row(String playbook, String outcome, String reason) {}

  private static final Map<String, List<Row>> TABLE = table();

  static Stream<String> samples() {
    // No pattern takes a failed call, so its line tells of no incident of Intake's.
    return Samples.names().stream().filter(name -> !name.equals("cloudtrail/failed-call.json"));
  }

  @Test
  void everySampleIsInTheTableAndNoOther() {
    assertThat(TABLE.keySet().stream().filter(name -> name.endsWith(".json")))
        .containsExactlyInAnyOrderElementsOf(Samples.names());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aSampleMakesTheIncidentsOfItsLines(String name) {
    List<Row> rows = TABLE.getOrDefault(name, List.of());
    List<Incident> incidents = incidents(Samples.read(name));

    assertThat(incidents)
        .extracting(incident -> Optional.ofNullable(incident.playbook()).orElse(""))
        .containsExactlyElementsOf(rows.stream().map(Row::playbook).toList());
    for (int i = 0; i < rows.size(); i++) {
      Incident incident = incidents.get(i);
      if (incident.outcome() != null) {
        assertThat(rows.get(i).outcome()).isEqualTo(incident.outcome().name());
      }
      if (incident.outcome() != null && incident.playbook() == null) {
        assertThat(rows.get(i).reason()).isEqualTo(incident.reason());
      }
    }
  }

  private static Map<String, List<Row>> table() {
    var rows = new LinkedHashMap<String, List<Row>>();
    for (String line : Samples.text(Path.of("../../docs/events.md")).split("\n", -1)) {
      if (line.startsWith("| `") && line.split(" \\| ", -1).length == 4) {
        String[] cells = line.substring(2, line.length() - 2).split(" \\| ", -1);
        rows.computeIfAbsent(cells[0].replace("`", ""), name -> new ArrayList<>())
            .add(new Row(cells[1].strip(), cells[2], cells[3]));
      }
    }
    return rows;
  }
}
