package dev.cloudmend.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import dev.cloudmend.playbooks.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DeployedFilesTest {

  private static final ProjectFiles FILES = ProjectFiles.ofLauncher();
  private final EventRules rules = new EventRules(FILES.eventPatterns());

  @Test
  void theCloudTrailPatternNamesTheTriggersOfTheCatalogueAndNoOthers() {
    JsonNode pattern = Objects.requireNonNull(FILES.eventPatterns().get("cloudtrail"));
    List<String> named =
        StreamSupport.stream(pattern.at("/detail/eventName").spliterator(), false)
            .map(JsonNode::asText)
            .toList();

    assertThat(named)
        .isEqualTo(
            List.copyOf(
                new TreeSet<>(
                    Catalogue.standard().playbooks().stream()
                        .flatMap(p -> p.info().triggers().stream())
                        .toList())));
  }

  /** By source; what lies beside the sources' folders is no event. */
  static Stream<Path> samples() throws IOException {
    Path events = FILES.root().resolve("events");
    try (var files = Files.walk(events)) {
      return files
          .filter(f -> f.toString().endsWith(".json") && !events.equals(f.getParent()))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aSampleIsTakenByExactlyThePatternOfItsSourceUnlessItsCallFailed(Path file)
      throws IOException {
    ObjectNode event = Json.parseObject(Files.readString(file));

    if (event.at("/detail/errorCode").isMissingNode()) {
      assertThat(rules.matching(event))
          .containsExactly(file.getName(file.getNameCount() - 2).toString());
    } else {
      assertThat(rules.matching(event)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "aws.health,AWS Health Event",
    "vanta.compliance,Test Passed",
    "aws.s3,Object Created"
  })
  void whatIsNoBusinessOfOursIsNotTaken(String source, String detailType) {
    ObjectNode event = Json.object().put("source", source).put("detail-type", detailType);
    event.putObject("detail");

    assertThat(rules.matching(event)).isEmpty();
  }

  @Test
  void everyFunctionThatTheStateMachineCallsIsAModuleOfThatName() {
    for (String machine : List.of("remediation", "undo")) {
      String text = FILES.stateMachine(machine, Suite.DEPLOYED);
      List<String> called =
          Json.parse(text).findValuesAsText("FunctionName").stream().distinct().toList();
      assertThat(called)
          .isNotEmpty()
          .allSatisfy(
              name -> assertThat(FILES.root().resolve("functions").resolve(name)).isDirectory());
    }
  }
}
