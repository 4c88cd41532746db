package dev.cloudmend.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.configuration.Configuration;
import dev.cloudmend.configuration.ConfigurationException;
import dev.cloudmend.configuration.ConfigurationProblem;
import dev.cloudmend.configuration.YamlDocument;
import dev.cloudmend.configuration.policy.PolicyInput;
import dev.cloudmend.local.EventFile;
import dev.cloudmend.local.cli.Console.Style;
import dev.cloudmend.model.Decision;
import dev.cloudmend.model.Diagnosis.Confidence;
import dev.cloudmend.model.Diagnosis.Origin;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.playbooks.Catalogue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description =
        "Tests the policy with cases: an event, and what has to be decided. Exit code 1 where a decision is another one.")
final class PolicyTestCommand implements Callable<Integer> {

  private static final String SCHEMA = "/dev/cloudmend/local/cli/policy-cases.schema.json";

  @Parameters(paramLabel = "CASES", description = "A YAML file of cases.")
  private Path file = Path.of("policy-cases.yaml");

  @Option(names = "--json", description = "Write exactly one JSON document to standard output.")
  private boolean json;

  @Mixin private ConfigurationOptions options = new ConfigurationOptions();

  private final Console console;

  PolicyTestCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Configuration configuration = options.read();
    YamlDocument cases = YamlDocument.read(file);
    List<ConfigurationProblem> problems = cases.check(SCHEMA);
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    var results = new ArrayList<Result>();
    JsonNode list = cases.tree().path("cases");
    for (int i = 0; i < list.size(); i++) {
      results.add(test(list.get(i), "/cases/" + i, configuration));
    }
    long failed = results.stream().filter(r -> !r.differences().isEmpty()).count();
    if (json) {
      console.json(Map.of("cases", results, "failed", failed));
    } else {
      results.forEach(this::print);
      console.line("%d of %d hold".formatted(results.size() - failed, results.size()));
    }
    return failed == 0 ? 0 : Cloudmend.FAILED;
  }

  private Result test(JsonNode one, String pointer, Configuration configuration) {
    var differences = new ArrayList<String>();
    int looked = 0;
    for (EventFile.Located event : events(one.path("event"), pointer + "/event")) {
      for (Incident incident : EventInput.incidents(event, configuration)) {
        String playbook = incident.playbook();
        if (playbook != null && playbook.equals(one.path("playbook").asText(playbook))) {
          looked++;
          Decision decision =
              configuration
                  .policy()
                  .decide(
                      input(incident, playbook, one.path("diagnosis"), configuration),
                      one.path("live").asBoolean(true),
                      configuration.hash());
          compare(playbook, one.path("expect"), (ObjectNode) Json.toTree(decision), differences);
        }
      }
    }
    if (looked == 0) {
      differences.add("no playbook of the event is asked about");
    }
    return new Result(one.path("name").asText(), differences);
  }

  private List<EventFile.Located> events(JsonNode event, String pointer) {
    if (event.isTextual()) {
      return EventInput.events(
          file.toAbsolutePath().resolveSibling(event.textValue()).normalize().toString());
    }
    return List.of(new EventFile.Located(file.toString(), pointer, (ObjectNode) event));
  }

  private static PolicyInput input(
      Incident incident, String playbook, JsonNode diagnosis, Configuration configuration) {
    return configuration.policyInput(
        incident.finding(),
        Catalogue.standard().byId(playbook).orElseThrow().info(),
        false,
        Origin.valueOf(diagnosis.path("origin").asText(Origin.PLAYBOOK.name())),
        Confidence.valueOf(diagnosis.path("confidence").asText(Confidence.high.name())));
  }

  private static void compare(
      String playbook, JsonNode expected, ObjectNode decision, List<String> differences) {
    for (Map.Entry<String, JsonNode> member : expected.properties()) {
      JsonNode found = decision.path(member.getKey());
      if (!found.equals(member.getValue())) {
        differences.add(
            "%s: %s is %s, expected %s"
                .formatted(playbook, member.getKey(), found, member.getValue()));
      }
    }
  }

  private void print(Result result) {
    boolean holds = result.differences().isEmpty();
    console.line(
        (holds ? console.styled(Style.GREEN, "holds ") : console.styled(Style.RED, "differs"))
            + " "
            + Console.shown(result.name()));
    result.differences().forEach(d -> console.line("        " + Console.shown(d)));
  }

  /**
   * How a case came out.
   *
   * @param name the case
   * @param differences what was decided otherwise than expected
   */
  record Result(String name, List<String> differences) {}
}
