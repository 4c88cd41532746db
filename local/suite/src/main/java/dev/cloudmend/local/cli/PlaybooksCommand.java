package dev.cloudmend.local.cli;

import dev.cloudmend.local.InputException;
import dev.cloudmend.local.cli.Console.Style;
import dev.cloudmend.model.Json;
import dev.cloudmend.playbooks.Catalogue;
import dev.cloudmend.playbooks.Operations;
import dev.cloudmend.playbooks.Playbook;
import dev.cloudmend.playbooks.PlaybookInfo;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "playbooks",
    mixinStandardHelpOptions = true,
    description = "What Cloudmend can fix: all playbooks, or one in full.")
final class PlaybooksCommand implements Callable<Integer> {

  @Parameters(paramLabel = "ID", arity = "0..1", description = "A playbook's id.")
  private @Nullable String id;

  @Option(names = "--json", description = "Write exactly one JSON document to standard output.")
  private boolean json;

  @Option(names = "--markdown", description = "Write the catalogue as a Markdown page.")
  private boolean markdown;

  @Option(
      names = "--iam",
      description = "Write the IAM actions that each playbook needs, as one JSON document.")
  private boolean iam;

  private final Console console;

  PlaybooksCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Catalogue catalogue = Catalogue.standard();
    String wanted = id;
    List<PlaybookInfo> infos =
        catalogue.playbooks().stream()
            .map(Playbook::info)
            .filter(info -> wanted == null || info.id().equals(wanted))
            .toList();
    if (infos.isEmpty()) {
      throw new InputException(
          "there is no playbook '"
              + Console.shown(String.valueOf(wanted))
              + "'; expected an id that 'cloudmend playbooks' shows");
    }
    if (iam) {
      console.json(IamActions.of(infos, wanted == null ? Operations.LOOKUPS : List.of()));
    } else if (json) {
      console.json(Map.of("playbooks", Json.toTree(infos)));
    } else if (markdown) {
      console.out().print(CataloguePage.of(infos));
    } else if (wanted == null) {
      infos.forEach(i -> console.line("%-38s %-7s %s".formatted(i.id(), i.tier(), i.title())));
    } else {
      print(infos.getFirst());
    }
    return 0;
  }

  private void print(PlaybookInfo info) {
    console.line(console.styled(Style.BOLD, info.title()));
    console.line("%s, version %s, tier %s".formatted(info.id(), info.version(), info.tier()));
    console.line();
    console.line("Why: " + info.why());
    console.line("Fix: " + info.fix());
    console.line();
    console.line("Answers to");
    info.controls().stream()
        .collect(
            Collectors.groupingBy(
                PlaybookInfo.Control::framework,
                java.util.LinkedHashMap::new,
                Collectors.mapping(PlaybookInfo.Control::id, Collectors.joining(", "))))
        .forEach((framework, ids) -> console.line("  " + framework + ": " + ids));
    console.line("  test names: " + String.join("; ", info.aliases()));
    console.line();
    operations("Reads", info.reads());
    operations("Writes", info.writes());
    console.line("Looked at again after: " + String.join(", ", info.triggers()));
    console.line(
        "Undo: "
            + info.reversibility().name().toLowerCase(java.util.Locale.ROOT)
            + (info.undoWidensAccess() ? ", and opens again what the fix closed" : ""));
    console.line();
    console.line("Example: " + info.example().title());
    console.line("  before " + info.example().before());
    console.line("  after  " + info.example().after());
  }

  private void operations(String name, List<PlaybookInfo.Operation> operations) {
    console.line(name);
    operations.forEach(
        o ->
            console.line(
                "  %s:%s (%s)"
                    .formatted(
                        o.service(),
                        o.name(),
                        o.iamActions().isEmpty()
                            ? "needs no permission"
                            : String.join(", ", o.iamActions()))));
  }
}
