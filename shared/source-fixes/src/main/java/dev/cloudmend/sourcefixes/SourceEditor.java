package dev.cloudmend.sourcefixes;

import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.sourcefixes.SourceOutcome.Manual;
import dev.cloudmend.sourcefixes.SourceOutcome.NothingToDo;
import dev.cloudmend.terraform.locate.Location;
import dev.cloudmend.terraform.locate.Locator;
import dev.cloudmend.terraform.project.Module;
import dev.cloudmend.terraform.project.ModuleCall;
import dev.cloudmend.terraform.project.Project;
import dev.cloudmend.terraform.project.ResourceBlock;
import dev.cloudmend.terraform.rules.Rules;
import dev.cloudmend.terraform.rules.Scan;
import dev.cloudmend.terraform.rules.SourceFix;
import dev.cloudmend.terraform.rules.Violation;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Makes the edit for a finding, or says why there is none. */
final class SourceEditor {

  /** Copies of what others maintain: an edit would be lost with the next copy. */
  private static final Pattern VENDORED =
      Pattern.compile("(^|/)(vendor|vendored|third_party|node_modules)/");

  private final ProposerSettings settings;
  private final Scan scan;
  private final Optional<BlockWriter> writer;

  SourceEditor(ProposerSettings settings, Optional<Authoring> authoring) {
    this.settings = settings;
    this.scan = new Scan(Rules.standard(), settings.rules());
    this.writer = authoring.map(a -> new BlockWriter(a, scan, settings.breakingToo()));
  }

  /** What came of it. */
  sealed interface Attempt {
    /** An edit that passed all checks. */
    record Made(SourceEdit edit) implements Attempt {}

    /**
     * None that a rule makes; somebody may write it.
     *
     * @param standIn the same edit with the text as it stands, for what is found out beforehand
     * @param write asks for it; never gives this again
     */
    record Written(SourceEdit standIn, Supplier<Attempt> write) implements Attempt {}

    /** None, and what that means. */
    record None(SourceOutcome outcome) implements Attempt {}
  }

  Attempt edit(Source source, FixRequest request, ResourceRef resource) {
    String playbook = request.playbook().id();
    SourceTarget target =
        SourceTarget.of(
            new Locator(source.project(), request.state()), playbook, resource, request.tags());
    Optional<Manual> doubt = doubt(source, target, playbook);
    if (doubt.isPresent()) {
      return new Attempt.None(doubt.get());
    }
    SourceFix.Result result =
        new SourceFix(scan).fix(source.project(), target::asksFor, settings.breakingToo());
    if (!result.fixed().isEmpty()) {
      return placed(new SourceEdit(source, target, result));
    }
    return writer.isPresent() && !result.left().isEmpty()
        ? written(source, target, result, writer.get(), request.playbook())
        : new Attempt.None(nothingFixed(target, result));
  }

  private static Attempt placed(SourceEdit edit) {
    return misplaced(edit.source(), edit.target(), edit.result())
        .<Attempt>map(Attempt.None::new)
        .orElseGet(() -> new Attempt.Made(edit));
  }

  private static Attempt written(
      Source source,
      SourceTarget target,
      SourceFix.Result result,
      BlockWriter writer,
      PlaybookText playbook) {
    Optional<String> hindrance = writer.hindrance(target, result.left());
    if (hindrance.isPresent()) {
      return unwritten(result, "no other text was asked for: " + hindrance.get());
    }
    Attempt there = placed(new SourceEdit(source, target, BlockWriter.standIn(result.left())));
    return there instanceof Attempt.Made standIn
        ? new Attempt.Written(
            standIn.edit(),
            () ->
                switch (writer.write(target, result.left(), playbook)) {
                  case BlockWriter.Draft.Made made ->
                      new Attempt.Made(
                          new SourceEdit(
                              source, target, made.result(), Optional.of(made.proposal())));
                  case BlockWriter.Draft.None none -> unwritten(result, none.reason());
                })
        : there;
  }

  private static Attempt unwritten(SourceFix.Result result, String reason) {
    return new Attempt.None(new Manual(reasons(result) + "; " + reason, places(blocksOf(result))));
  }

  /** Where it is not certain what an edit would meet. */
  private static Optional<Manual> doubt(Source source, SourceTarget target, String playbook) {
    if (target.blocks().isEmpty()) {
      return Optional.of(notLocated(target));
    }
    for (Location open : target.open()) {
      if (matters(open, playbook)) {
        return Optional.of(
            new Manual(
                "what belongs to the resource is not located: " + reason(open), candidates(open)));
      }
    }
    return target.blocks().stream()
        .flatMap(block -> source.unreadIn(block.module().folder()).stream())
        .findFirst()
        .map(
            unread ->
                new Manual(
                    "a file beside the resource was not read, and may hold what seems to be"
                        + " missing: "
                        + unread,
                    places(target.blocks())));
  }

  private static SourceOutcome nothingFixed(SourceTarget target, SourceFix.Result result) {
    if (!result.left().isEmpty()) {
      return new Manual(reasons(result), places(blocksOf(result)));
    }
    return target.location() instanceof Location.Found found
        ? new NothingToDo(
            "the source of "
                + SourceTarget.place(found.resource())
                + " does not show it: it is compliant already, or set by a value that is known at"
                + " apply only")
        : notLocated(target);
  }

  private static String reasons(SourceFix.Result result) {
    return String.join(
        "; ", result.left().stream().map(SourceFix.Left::reason).distinct().toList());
  }

  private static List<ResourceBlock> blocksOf(SourceFix.Result result) {
    return result.left().stream().map(SourceFix.Left::violation).map(Violation::resource).toList();
  }

  /** An edit belongs into the module of the resource, or into one that calls it. */
  private static Optional<SourceOutcome> misplaced(
      Source source, SourceTarget target, SourceFix.Result result) {
    Set<Path> allowed = new LinkedHashSet<>();
    target.blocks().forEach(block -> addWithCallers(source.project(), block.module(), allowed));
    for (String path : result.changed().keySet()) {
      if (!allowed.contains(Source.folder(path))) {
        return Optional.of(
            new Manual(
                "its edit would reach "
                    + path
                    + ", which is neither of the resource's module nor of a caller",
                places(target.blocks())));
      }
      if (VENDORED.matcher(path).find()) {
        return Optional.of(
            new Manual(
                path + " is a copy of what others maintain: mend it there",
                places(target.blocks())));
      }
    }
    return Optional.empty();
  }

  private static void addWithCallers(Project project, Module module, Set<Path> folders) {
    if (folders.add(module.folder())) {
      for (ModuleCall call : project.callers(module)) {
        addWithCallers(project, call.module(), folders);
      }
    }
  }

  /** A part in a module from elsewhere matters where the playbook looks at its type. */
  private static boolean matters(Location open, String playbook) {
    return !(open instanceof Location.InCall call)
        || Rules.ofPlaybook(playbook).stream()
            .flatMap(rule -> rule.info().resourceTypes().stream())
            .anyMatch(type -> call.address().contains("." + type + "."));
  }

  private static Manual notLocated(SourceTarget target) {
    return new Manual("not located: " + reason(target.location()), candidates(target.location()));
  }

  private static String reason(Location location) {
    return switch (location) {
      case Location.Found found -> "only " + SourceTarget.place(found.resource()) + " is";
      case Location.InCall call ->
          "it is "
              + call.address()
              + ", in a module from elsewhere; its arguments can be set in the call";
      case Location.NotCertain not -> not.reason();
    };
  }

  private static List<String> candidates(Location location) {
    return switch (location) {
      case Location.Found found -> places(List.of(found.resource()));
      case Location.InCall call -> List.of(call.call().place());
      case Location.NotCertain not -> places(not.candidates());
    };
  }

  private static List<String> places(List<ResourceBlock> blocks) {
    return blocks.stream().map(SourceTarget::place).distinct().toList();
  }
}
