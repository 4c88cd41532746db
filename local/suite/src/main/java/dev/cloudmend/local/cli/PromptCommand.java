package dev.cloudmend.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.aws.AwsCallException;
import dev.cloudmend.aws.AwsClients;
import dev.cloudmend.aws.AwsConnection;
import dev.cloudmend.aws.AwsReader;
import dev.cloudmend.claude.Bedrock;
import dev.cloudmend.claude.Prompt;
import dev.cloudmend.configuration.Configuration;
import dev.cloudmend.diagnoser.prompt.Prompts;
import dev.cloudmend.diagnoser.prompt.Question;
import dev.cloudmend.local.EventFile;
import dev.cloudmend.local.TargetAccount;
import dev.cloudmend.local.cli.Console.Style;
import dev.cloudmend.model.Assessment;
import dev.cloudmend.model.Diagnosis;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.playbooks.Catalogue;
import dev.cloudmend.playbooks.Playbook;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "prompt",
    mixinStandardHelpOptions = true,
    description =
        "Shows exactly what Claude would be sent for an event, redacted. Reads the account, sends nothing to Claude.")
final class PromptCommand implements Callable<Integer> {

  @Parameters(paramLabel = "EVENT", description = "An EventBridge event, or an array of them.")
  private String file = "-";

  @Mixin private TargetOptions options = new TargetOptions();

  @Mixin private ConfigurationOptions configuration = new ConfigurationOptions();

  private final Console console;

  PromptCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    options.check();
    Configuration configured = configuration.read();
    List<EventFile.Located> events = EventInput.events(file);
    var all = new ArrayList<JsonNode>();
    try (TargetOptions.Place place = options.open(console);
        AwsClients clients = AwsClients.open(connection(place.account()))) {
      var bedrock =
          new Bedrock(
              place.account().region(),
              place.account().profile(),
              Optional.empty(),
              configured.diagnoser().model());
      for (EventFile.Located event : events) {
        for (Incident incident : EventInput.incidents(event, configured)) {
          all.add(show(incident, configured, clients.readOnly(), bedrock));
        }
      }
    }
    if (options.isJson()) {
      console.json(Map.of("prompts", all));
    }
    return 0;
  }

  private JsonNode show(
      Incident incident, Configuration configured, AwsReader aws, Bedrock bedrock) {
    ObjectNode document = Json.object().put("incidentId", incident.incidentId());
    Asked asked = asked(incident, configured, aws);
    if (asked.question().isEmpty()) {
      document.put("notAsked", asked.reason());
      if (!options.isJson()) {
        console.line(
            console.styled(Style.BOLD, "Claude is not asked: ") + Console.shown(asked.reason()));
      }
      return document;
    }
    Prompt<Diagnosis> prompt =
        Prompts.of(asked.question().get(), configured.diagnoser().redactNames());
    document.put("model", bedrock.model());
    document.put("promptVersion", prompt.version());
    document.put("question", prompt.question(bedrock.model()));
    document.set("request", bedrock.body(prompt));
    if (!options.isJson()) {
      print(prompt, bedrock);
    }
    return document;
  }

  private void print(Prompt<?> prompt, Bedrock bedrock) {
    console.line(
        "%s %s, prompt version %s, about %d tokens (a quarter of the characters)"
            .formatted(
                console.styled(Style.BOLD, "model"),
                bedrock.model(),
                prompt.version(),
                (prompt.system().length()
                        + prompt.user().length()
                        + prompt.tool().schema().toString().length())
                    / 4));
    section("system", prompt.system());
    section("user", prompt.user());
    section("tool " + prompt.tool().name(), prompt.tool().description());
    console.line(Json.pretty(prompt.tool().schema()));
  }

  private void section(String name, String text) {
    console.line();
    console.line(console.styled(Style.BOLD, "--- " + name));
    console.line(text);
  }

  private static Asked asked(Incident incident, Configuration configured, AwsReader aws) {
    Finding finding = incident.finding();
    if (incident.outcome() != null) {
      return Asked.not(incident.outcome() + ": " + incident.reason());
    }
    Catalogue catalogue = Catalogue.standard();
    ResourceRef resource = finding.resource();
    if (resource == null) {
      return Asked.not("the finding names no resource");
    }
    if (incident.playbook() == null) {
      return Asked.of(
          new Question.Unmatched(
              finding,
              catalogue.forResource(resource.arn()).stream().map(Playbook::info).toList()));
    }
    Playbook playbook = catalogue.byId(incident.playbook()).orElseThrow();
    try {
      return switch (playbook.assess(resource, configured.baselines(), aws)) {
        case Assessment.Violating v ->
            Asked.of(new Question.Planned(finding, playbook.info(), v.change()));
        case Assessment.Compliant c -> Asked.not("the live resource does not violate the control");
        case Assessment.NotApplicable n -> Asked.not(n.reason());
        case Assessment.NotFound n -> Asked.not(n.reason());
        case Assessment.Blocked b -> Asked.not(b.reason());
      };
    } catch (AwsCallException e) {
      return Asked.not("the account cannot be read: " + e.getMessage());
    }
  }

  private static AwsConnection connection(TargetAccount account) {
    return new AwsConnection(account.endpoint(), account.region(), account.profile());
  }

  /**
   * What Claude would be asked, or why not.
   *
   * @param question empty where it would not be asked
   * @param reason why not
   */
  private record Asked(Optional<Question> question, String reason) {

    static Asked of(Question question) {
      return new Asked(Optional.of(question), "");
    }

    static Asked not(String reason) {
      return new Asked(Optional.empty(), Objects.requireNonNull(reason));
    }
  }
}
