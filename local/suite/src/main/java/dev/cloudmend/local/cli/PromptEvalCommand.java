package dev.cloudmend.local.cli;

import dev.cloudmend.claude.Bedrock;
import dev.cloudmend.claude.Claude;
import dev.cloudmend.claude.Claude.Reply;
import dev.cloudmend.configuration.Configuration;
import dev.cloudmend.diagnoser.prompt.Prompts;
import dev.cloudmend.local.InputException;
import dev.cloudmend.local.ProjectFiles;
import dev.cloudmend.local.PromptCase;
import dev.cloudmend.local.TargetAccount;
import dev.cloudmend.local.cli.Console.Style;
import dev.cloudmend.model.Diagnosis;
import dev.cloudmend.model.Diagnosis.ModelCall;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "prompt-eval",
    mixinStandardHelpOptions = true,
    description =
        "Asks Claude the golden cases and compares: agreement, latency, tokens, cost. Exit code 1 where an answer differs. Costs money on AWS.")
final class PromptEvalCommand implements Callable<Integer> {

  @Option(
      names = "--cases",
      paramLabel = "DIR",
      description = "The folder of cases. Default: functions/diagnoser/cases of the project.")
  private @Nullable Path cases;

  @Option(
      names = "--bedrock-endpoint",
      paramLabel = "URL",
      description = "A server that speaks Bedrock's Converse API, to ask instead of AWS.")
  private @Nullable String endpoint;

  @Mixin private TargetOptions options = new TargetOptions();

  @Mixin private ConfigurationOptions configuration = new ConfigurationOptions();

  private final Console console;

  PromptEvalCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (endpoint == null && !options.isAws()) {
      throw new InputException(
          "there is no Claude to ask; expected --target aws, which costs money, or --bedrock-endpoint URL");
    }
    options.check();
    TargetAccount account = options.withoutAccount();
    Configuration configured = configuration.read();
    var bedrock =
        new Bedrock(
            account.region(),
            account.profile(),
            Optional.ofNullable(endpoint)
                .map(text -> TargetOptions.url("--bedrock-endpoint", text)),
            configured.diagnoser().model());
    List<PromptCase> all =
        PromptCase.read(
            cases == null
                ? ProjectFiles.ofLauncher().root().resolve("functions/diagnoser/cases")
                : cases);
    var rows = new ArrayList<Row>();
    TokenPrices prices = TokenPrices.standard();
    try (Claude claude = bedrock.open()) {
      for (PromptCase one : all) {
        console.progress("case %d of %d: %s".formatted(rows.size() + 1, all.size(), one.name()));
        Reply<Diagnosis> reply =
            claude.ask(Prompts.of(one.question(), configured.diagnoser().redactNames()));
        rows.add(row(one, reply, prices));
      }
    }
    print(rows, bedrock.model(), prices);
    return rows.stream().allMatch(Row::agrees) ? 0 : Cloudmend.FAILED;
  }

  private static Row row(PromptCase one, Reply<Diagnosis> reply, TokenPrices prices) {
    return switch (reply) {
      case Reply.Unusable<Diagnosis> unusable ->
          new Row(
              one.name(),
              List.of(unusable.reason()),
              unusable.call(),
              prices.of(unusable.call()).orElse(null));
      case Reply.Answered<Diagnosis> answered -> {
        Diagnosis found = answered.answer();
        ModelCall call = answered.call();
        yield new Row(
            one.name(), differences(one.expected(), found), call, prices.of(call).orElse(null));
      }
    };
  }

  private static List<String> differences(PromptCase.Expected expected, Diagnosis found) {
    var differences = new ArrayList<String>();
    if (found.confidence() != expected.confidence()) {
      differences.add(
          "confidence is %s, expected %s".formatted(found.confidence(), expected.confidence()));
    }
    if (!Objects.equals(found.suggestedPlaybook(), expected.suggestedPlaybook())) {
      differences.add(
          "suggestion is %s, expected %s"
              .formatted(found.suggestedPlaybook(), expected.suggestedPlaybook()));
    }
    return differences;
  }

  private void print(List<Row> rows, String model, TokenPrices prices) {
    long agreed = rows.stream().filter(Row::agrees).count();
    if (options.isJson()) {
      var document = new LinkedHashMap<String, Object>();
      document.put("model", model);
      document.put("cases", rows);
      document.put("agreed", agreed);
      document.put("pricesAsOf", prices.asOf());
      console.json(document);
      return;
    }
    console.line(
        console.styled(
            Style.BOLD,
            "%-34s %-8s %7s %7s %7s %7s %9s"
                .formatted("case", "agrees", "ms", "in", "cached", "out", "US$")));
    for (Row row : rows) {
      ModelCall call = row.call();
      console.line(
          "%-34s %-8s %7d %7d %7d %7d %9s"
              .formatted(
                  row.name(),
                  row.agrees() ? "yes" : "no",
                  call.millis(),
                  call.inputTokens() + call.cacheWriteTokens(),
                  call.cacheReadTokens(),
                  call.outputTokens(),
                  row.dollars() == null ? "?" : "%.5f".formatted(row.dollars())));
      row.differences().forEach(d -> console.line("    " + Console.shown(d)));
    }
    console.line();
    console.line(
        "%d of %d agree, %s, prices as of %s".formatted(agreed, rows.size(), model, prices.asOf()));
  }

  /**
   * How a case came out.
   *
   * @param name the case
   * @param differences where Claude's answer is another than expected
   * @param call what it took
   * @param dollars what it cost, where the model's prices are known
   */
  record Row(String name, List<String> differences, ModelCall call, @Nullable Double dollars) {

    boolean agrees() {
      return differences.isEmpty();
    }
  }
}
