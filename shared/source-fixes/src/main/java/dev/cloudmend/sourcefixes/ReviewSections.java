package dev.cloudmend.sourcefixes;

import dev.cloudmend.model.Change;
import dev.cloudmend.model.Diagnosis;
import dev.cloudmend.model.Reversibility;
import dev.cloudmend.terraform.locate.Location;
import dev.cloudmend.terraform.locate.Way;
import dev.cloudmend.terraform.rules.Remedy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The part of a body that a reviewer decides by: what could break, what to look at, the way back.
 */
record ReviewSections(FixRequest request, SourceEdit edit, Shown shown) {

  /** In their order; an empty one has nothing to say. */
  List<String> all() {
    return List.of(couldBreak(), needs(), checklist(), undo());
  }

  private String couldBreak() {
    var points = new ArrayList<String>();
    if (edit.isBreaking()) {
      points.add("This edit may cut traffic or people, or replace the resource.");
    }
    remedies(Remedy.Edit::reaches).forEach(reach -> points.add("It reaches " + reach + " too."));
    points.addAll(remedies(Remedy.Edit::warnings));
    request.change().map(Change::warnings).ifPresent(points::addAll);
    request.diagnosis().map(Diagnosis::couldBreak).ifPresent(points::addAll);
    if (points.isEmpty()) {
      points.add("Nothing is known that it would break.");
    }
    return "## What could break\n\n" + shown.points(points.stream().distinct().toList());
  }

  private String needs() {
    List<String> needs = request.diagnosis().map(Diagnosis::needs).orElse(List.of());
    return needs.isEmpty() ? "" : "## What else is needed\n\n" + shown.points(needs);
  }

  private String checklist() {
    var points = new ArrayList<String>();
    points.add("`terraform plan` shows this change and nothing else");
    if (edit.target().location() instanceof Location.Found found && found.way() == Way.NAME) {
      points.add(
          "the block is the one of this resource: it was found by its name, without a state");
    }
    edit.written()
        .ifPresent(
            proposal ->
                points.add("every line of the new text was read: a language model wrote it"));
    points.add("what could break was looked at");
    if (edit.isBreaking()) {
      points.add("the time of the apply is agreed with those who use the resource");
    }
    if (request.diagnosis().filter(d -> !d.needs().isEmpty()).isPresent()) {
      points.add("what else is needed is done");
    }
    if (!edit.source().unread().isEmpty()) {
      points.add(
          "files that were not read do not speak of this: "
              + String.join(
                  ", ",
                  edit.source().unread().stream()
                      .limit(5)
                      .map(unread -> shown.code(unread.path()))
                      .toList()));
    }
    var text = new StringBuilder("## Before the merge\n\n");
    points.forEach(point -> text.append("- [ ] ").append(point).append('\n'));
    return text.toString();
  }

  private String undo() {
    boolean isForGood =
        request.change().filter(c -> c.reversibility() == Reversibility.NONE).isPresent();
    return "## How to undo\n\nRevert the merge of this pull request, and apply."
        + (isForGood
            ? " What the apply did to the live resource is **not** taken back whole."
            : "");
  }

  private List<String> remedies(Function<Remedy.Edit, List<String>> part) {
    return edit.result().fixed().stream()
        .flatMap(fixed -> fixed.remedy().stream())
        .flatMap(remedy -> part.apply(remedy).stream())
        .distinct()
        .toList();
  }
}
