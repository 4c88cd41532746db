package dev.cloudmend.local.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import dev.cloudmend.sourcefixes.UnifiedDiff;
import dev.cloudmend.terraform.hcl.HclFile;
import dev.cloudmend.terraform.project.Project;
import dev.cloudmend.terraform.rules.Rules;
import dev.cloudmend.terraform.rules.Scan;
import dev.cloudmend.terraform.rules.SourceFix;
import dev.cloudmend.terraform.rules.Violation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "fix-source",
    mixinStandardHelpOptions = true,
    description =
        "Mends misconfigurations in Terraform source with the smallest edit. Without --write the diff is shown and nothing is changed.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:All that was asked for is mended, or would be with --write.",
      "1:Something that was asked for is not mended; the reason is shown.",
      "2:The folder, the event, the state or an option cannot be used."
    })
final class FixSourceCommand implements Callable<Integer> {

  @Mixin private SourceOptions source = new SourceOptions();

  @Mixin private ConfigurationOptions configuration = new ConfigurationOptions();

  @ArgGroup(multiplicity = "1")
  private What what = new What();

  @Option(
      names = "--state",
      paramLabel = "FILE",
      description =
          "With --finding: a Terraform state, a folder of them, or a plan ('terraform show -json'). May be given more than once.")
  private List<Path> states = new ArrayList<>();

  @Option(
      names = "--breaking",
      description =
          "Make edits too that may cut traffic or people, or that make Terraform replace the resource.")
  private boolean breaking;

  @Option(names = "--write", description = "Write the files.")
  private boolean write;

  private final Console console;

  FixSourceCommand(Console console) {
    this.console = console;
  }

  /** What is to be mended; one of them. */
  static final class What {
    @Option(
        names = "--finding",
        paramLabel = "EVENT",
        description = "What the events of this file find, as 'cloudmend run' takes them.")
    private @Nullable String finding;

    @Option(names = "--rule", paramLabel = "ID", description = "What violates this rule.")
    private @Nullable String rule;

    @Option(names = "--all", description = "Everything that a rule finds.")
    private boolean all;
  }

  @Override
  public Integer call() {
    Project project = source.project();
    var located = new ArrayList<SourceFinding>();
    Predicate<Violation> wanted = wanted(project, located);
    SourceFix.Result result =
        new SourceFix(new Scan(Rules.standard(), source.settings())).fix(project, wanted, breaking);
    Map<HclFile, HclFile> changed = changed(project, result);
    if (write) {
      new SourceWriter(project.root()).write(changed);
    }
    if (source.isJson()) {
      console.json(document(project, located, result, changed));
    } else {
      print(project, located, result, changed);
    }
    boolean isAllMended =
        result.left().isEmpty() && located.stream().allMatch(SourceFinding::isFound);
    return isAllMended ? 0 : Cloudmend.FAILED;
  }

  private Predicate<Violation> wanted(Project project, List<SourceFinding> located) {
    String event = what.finding;
    if (event != null) {
      located.addAll(SourceFinding.of(event, project, states, configuration.read()));
      return violation -> located.stream().anyMatch(finding -> finding.asksFor(violation));
    }
    String rule = what.rule;
    if (rule != null) {
      String id = SourceRules.named(List.of(rule)).getFirst().info().id();
      return violation -> violation.rule().id().equals(id);
    }
    return violation -> what.all;
  }

  private static Map<HclFile, HclFile> changed(Project project, SourceFix.Result result) {
    Map<String, HclFile> before =
        project.modules().stream()
            .flatMap(module -> module.allFiles().stream())
            .collect(Collectors.toMap(HclFile::path, file -> file));
    var changed = new LinkedHashMap<HclFile, HclFile>();
    result
        .changed()
        .forEach(
            (path, after) -> {
              HclFile old = before.get(path);
              if (old != null) {
                changed.put(old, after);
              }
            });
    return changed;
  }

  private void print(
      Project project,
      List<SourceFinding> located,
      SourceFix.Result result,
      Map<HclFile, HclFile> changed) {
    located.forEach(finding -> console.line(Console.shown(finding.line())));
    changed.forEach((before, after) -> console.diff("", diff(before, after)));
    for (SourceFix.Fixed fixed : result.fixed()) {
      fixed
          .remedy()
          .ifPresent(
              edit -> {
                edit.reaches().forEach(reach -> note(fixed.violation(), "reaches", reach));
                edit.warnings().forEach(text -> note(fixed.violation(), "warning", text));
              });
    }
    for (SourceFix.Left left : result.left()) {
      note(left.violation(), "left", left.reason());
    }
    SourceRules.refusals(console, project);
    console.line(
        "%d mended, %d left, %d files %s"
            .formatted(
                result.fixed().size(),
                result.left().size(),
                changed.size(),
                write ? "written" : "would change; --write writes them"));
  }

  private static List<String> diff(HclFile before, HclFile after) {
    return UnifiedDiff.of(before.path(), before.text(), after.text());
  }

  private void note(Violation violation, String kind, String text) {
    console.line(
        "%s:%d %s %s: %s"
            .formatted(
                violation.resource().file().path(),
                violation.line(),
                violation.rule().id(),
                kind,
                Console.shown(text)));
  }

  private ObjectNode document(
      Project project,
      List<SourceFinding> located,
      SourceFix.Result result,
      Map<HclFile, HclFile> changed) {
    ObjectNode document = Json.object();
    document.set("locations", Json.toTree(located.stream().map(SourceFinding::document).toList()));
    ArrayNode files = document.putArray("files");
    changed.forEach(
        (before, after) ->
            files
                .addObject()
                .put("path", before.path())
                .put("diff", String.join("\n", diff(before, after))));
    document.set(
        "fixed",
        Json.toTree(
            result.fixed().stream().map(f -> SourceRules.document(f.violation())).toList()));
    ArrayNode left = document.putArray("left");
    result
        .left()
        .forEach(l -> left.add(SourceRules.document(l.violation()).put("reason", l.reason())));
    document.set("leftAlone", Json.toTree(project.refusals()));
    return document.put("written", write);
  }
}
