package dev.cloudmend.local.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.local.InputException;
import dev.cloudmend.local.cli.Console.Style;
import dev.cloudmend.model.Json;
import dev.cloudmend.terraform.project.Module;
import dev.cloudmend.terraform.project.Project;
import dev.cloudmend.terraform.rules.Remedy;
import dev.cloudmend.terraform.rules.RuleInfo;
import dev.cloudmend.terraform.rules.Scan;
import dev.cloudmend.terraform.rules.SourceRule;
import dev.cloudmend.terraform.rules.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "scan",
    mixinStandardHelpOptions = true,
    description =
        "Lists misconfigurations in Terraform source. Nothing is changed, nothing is sent.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:None was found.",
      "1:Some were found.",
      "2:The folder, the baseline or an option cannot be used."
    })
final class ScanCommand implements Callable<Integer> {

  @Mixin private SourceOptions source = new SourceOptions();

  @Option(
      names = "--rule",
      paramLabel = "ID",
      description = "Look for this rule only. May be given more than once.")
  private List<String> rules = new ArrayList<>();

  @Option(names = "--list", description = "List the rules that there are, and scan nothing.")
  private boolean list;

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description = "Leave out what this file knows.")
  private @Nullable Path baseline;

  @Option(
      names = "--write-baseline",
      paramLabel = "FILE",
      description = "Write what was found into a file for --baseline, and exit with 0.")
  private @Nullable Path newBaseline;

  private final Console console;

  ScanCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<SourceRule> wanted = SourceRules.named(rules);
    if (list) {
      return list(wanted.stream().map(SourceRule::info).toList());
    }
    Path known = baseline;
    SourceBaseline old = known == null ? SourceBaseline.of(List.of()) : SourceBaseline.read(known);
    Project project = source.project();
    List<Violation> all = new Scan(wanted, source.settings()).of(project);
    Path target = newBaseline;
    if (target != null) {
      write(target, SourceBaseline.of(all));
    }
    List<Violation> found = old.withoutKnown(all);
    if (source.isJson()) {
      console.json(document(project, found, all.size() - found.size()));
    } else {
      print(project, found, all.size() - found.size());
    }
    return found.isEmpty() || target != null ? 0 : Cloudmend.FAILED;
  }

  private int list(List<RuleInfo> infos) {
    if (source.isJson()) {
      console.json(Map.of("rules", Json.toTree(infos)));
    } else {
      infos.forEach(
          info ->
              console.line(
                  "%-44s %-8s %-8s %s  %s"
                      .formatted(
                          info.id(),
                          info.severity(),
                          info.safety(),
                          info.title(),
                          console.styled(Style.DIM, ids(info)))));
    }
    return 0;
  }

  private void print(Project project, List<Violation> found, int known) {
    for (Violation violation : found) {
      RuleInfo rule = violation.rule();
      console.line(
          "%s:%d  %s  %s"
              .formatted(
                  violation.resource().file().path(),
                  violation.line(),
                  console.styled(SourceRules.isGrave(rule) ? Style.RED : Style.YELLOW, rule.id()),
                  violation.resource().address()));
      console.line(
          "  %s  %s"
              .formatted(
                  Console.shown(violation.message()),
                  console.styled(Style.DIM, rule.severity() + " " + ids(rule))));
      if (violation.remedy() instanceof Remedy.None none) {
        console.line("  not mended by itself: " + Console.shown(none.reason()));
      }
    }
    SourceRules.refusals(console, project);
    console.line(
        "%d violations in %d files%s"
            .formatted(
                found.size(),
                files(project),
                known == 0 ? "" : ", " + known + " known ones left out"));
  }

  private static ObjectNode document(Project project, List<Violation> found, int known) {
    ObjectNode document = Json.object();
    document.set("violations", Json.toTree(found.stream().map(SourceRules::document).toList()));
    document.set("leftAlone", Json.toTree(project.refusals()));
    return document.put("files", files(project)).put("known", known);
  }

  private static int files(Project project) {
    return project.modules().stream().map(Module::files).mapToInt(List::size).sum();
  }

  private static String ids(RuleInfo info) {
    var ids = new ArrayList<>(info.checkov());
    ids.addAll(info.trivy());
    return String.join(" ", ids);
  }

  private static void write(Path file, SourceBaseline baseline) {
    try {
      Files.writeString(file, Json.pretty(baseline) + "\n");
    } catch (IOException e) {
      throw new InputException("--write-baseline: " + file + " cannot be written: " + e);
    }
  }
}
