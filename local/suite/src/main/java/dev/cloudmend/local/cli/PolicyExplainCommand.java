package dev.cloudmend.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.configuration.Configuration;
import dev.cloudmend.configuration.policy.Explanation;
import dev.cloudmend.configuration.policy.PolicyInput;
import dev.cloudmend.local.EventFile;
import dev.cloudmend.local.cli.Console.Style;
import dev.cloudmend.model.Decision;
import dev.cloudmend.model.Diagnosis.Confidence;
import dev.cloudmend.model.Diagnosis.Origin;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.playbooks.Catalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description =
        "Says which rule decides an event, and why the earlier ones do not. Looks at no account: the resource is taken to violate the control.")
final class PolicyExplainCommand implements Callable<Integer> {

  @Parameters(paramLabel = "EVENT", description = "An EventBridge event, or an array of them.")
  private String file = "-";

  @Option(names = "--live", description = "As in a live run.")
  private boolean live;

  @Option(
      names = "--confidence",
      paramLabel = "high|medium|low",
      defaultValue = "high",
      description = "The confidence of the diagnosis. Default: ${DEFAULT-VALUE}.")
  private Confidence confidence = Confidence.high;

  @Option(
      names = "--origin",
      paramLabel = "CLAUDE|PLAYBOOK",
      defaultValue = "PLAYBOOK",
      description = "Who wrote the diagnosis. Default: ${DEFAULT-VALUE}.")
  private Origin origin = Origin.PLAYBOOK;

  @Option(names = "--json", description = "Write exactly one JSON document to standard output.")
  private boolean json;

  @Mixin private ConfigurationOptions options = new ConfigurationOptions();

  private final Console console;

  PolicyExplainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Configuration configuration = options.read();
    var all = new ArrayList<JsonNode>();
    for (EventFile.Located event : EventInput.events(file)) {
      for (Incident incident : EventInput.incidents(event, configuration)) {
        all.add(explain(incident, configuration));
      }
    }
    if (json) {
      console.json(Map.of("incidents", all));
    }
    return 0;
  }

  private ObjectNode explain(Incident incident, Configuration configuration) {
    ObjectNode document = Json.object();
    document.put("incidentId", incident.incidentId());
    if (incident.playbook() == null) {
      String reason =
          incident.reason() == null
              ? "no playbook answers to it: the policy is asked only if Claude suggests one"
              : incident.reason();
      document.put("reason", reason);
      if (!json) {
        console.line(
            console.styled(Style.BOLD, incident.incidentId()) + "  " + Console.shown(reason));
        console.line();
      }
      return document;
    }
    PolicyInput input =
        configuration.policyInput(
            incident.finding(),
            Catalogue.standard().byId(incident.playbook()).orElseThrow().info(),
            false,
            origin,
            confidence);
    Explanation explanation = configuration.policy().explain(input, live, configuration.hash());
    if (!json) {
      print(incident, explanation);
    }
    document.put("playbook", incident.playbook());
    document.set("decision", Json.toTree(explanation.decision()));
    document.set("passedOver", Json.toTree(explanation.passedOver()));
    document.set("document", input.document());
    return document;
  }

  private void print(Incident incident, Explanation explanation) {
    Decision decision = explanation.decision();
    console.line(
        console.styled(Style.BOLD, String.valueOf(incident.playbook()))
            + "  "
            + console.styled(Style.DIM, incident.incidentId()));
    if (incident.finding().resource() != null) {
      console.line("  resource  " + Console.shown(incident.finding().resource().arn().toString()));
    }
    console.line(
        "  decided   %s%s, by rule '%s'"
            .formatted(
                decision.mode(),
                decision.dryRun() ? ", dry run" : "",
                Console.shown(decision.rule())));
    decision.notes().forEach(note -> console.line("  note      " + Console.shown(note)));
    List<Explanation.PassedOver> passedOver = explanation.passedOver();
    if (!passedOver.isEmpty()) {
      console.line("  passed over");
    }
    for (Explanation.PassedOver rule : passedOver) {
      console.line("    '%s' (line %d)".formatted(Console.shown(rule.rule()), rule.line()));
      rule.reasons().forEach(reason -> console.line("      " + Console.shown(reason)));
    }
    console.line();
  }
}
