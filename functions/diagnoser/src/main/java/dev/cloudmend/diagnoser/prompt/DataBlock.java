package dev.cloudmend.diagnoser.prompt;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.playbooks.PlaybookInfo;
import java.util.List;
import java.util.Set;

/**
 * The data of an incident as the prompt shows it. What a playbook says of itself is the project's
 * own text; all the rest comes from events and live resources.
 */
final class DataBlock {

  /** The members that the block itself is made of; an event cannot choose them. */
  static final Set<String> MEMBERS =
      Set.of(
          "target",
          "finding",
          "source",
          "check",
          "title",
          "severity",
          "frameworks",
          "observedAt",
          "resource",
          "arn",
          "account",
          "region",
          "actor",
          "principal",
          "type",
          "role",
          "sourceAddress",
          "userAgent",
          "facts",
          "change",
          "summary",
          "reversibility",
          "before",
          "after",
          "afterUndo",
          "calls",
          "call",
          "parameters",
          "undo",
          "warnings",
          "evidence");

  private static final int LONGEST_WHY = 200;
  private static final int MOST_CANDIDATES = 20;

  private DataBlock() {}

  /** What is not to be trusted, in full. */
  static ObjectNode untrusted(Question question) {
    ObjectNode data = Json.object();
    data.set("finding", finding(question.finding()));
    if (question instanceof Question.Planned planned) {
      data.set("change", change(planned.change()));
    }
    return data;
  }

  /** The playbook that planned the change, or those that may be suggested. */
  static ObjectNode trusted(Question question) {
    ObjectNode data = Json.object();
    switch (question) {
      case Question.Planned planned -> data.set("playbook", playbook(planned.playbook()));
      case Question.Unmatched unmatched -> {
        ArrayNode candidates = data.putArray("candidates");
        for (PlaybookInfo candidate : candidates(unmatched)) {
          candidates
              .addObject()
              .put("id", candidate.id())
              .put("title", candidate.title())
              .put("why", cut(candidate.why()));
        }
      }
    }
    return data;
  }

  /** The playbooks that are offered; not more than a reader compares. */
  static List<PlaybookInfo> candidates(Question.Unmatched unmatched) {
    return unmatched.candidates().stream().limit(MOST_CANDIDATES).toList();
  }

  private static ObjectNode finding(Finding finding) {
    ObjectNode node = Json.object();
    node.put("source", finding.source());
    node.put("check", finding.check());
    node.put("title", finding.title());
    node.put("severity", finding.severity().name());
    node.set("frameworks", Json.toTree(finding.frameworks()));
    node.put("observedAt", finding.observedAt().toString());
    ResourceRef resource = finding.resource();
    if (resource != null) {
      node.putObject("resource")
          .put("arn", resource.arn().toString())
          .put("account", resource.account())
          .put("region", resource.region());
    }
    if (finding.actor() != null) {
      node.set("actor", Json.toTree(finding.actor()));
    }
    node.set("facts", finding.facts());
    return node;
  }

  private static ObjectNode change(Change change) {
    ObjectNode node = Json.object();
    node.put("summary", change.summary());
    node.putObject("resource")
        .put("arn", change.target().arn().toString())
        .put("account", change.target().account())
        .put("region", change.target().region());
    node.set("before", change.before());
    node.set("after", change.after());
    if (change.afterUndo() != null) {
      node.set("afterUndo", change.afterUndo());
    }
    ArrayNode calls = node.putArray("calls");
    change
        .apply()
        .forEach(
            call ->
                calls.addObject().put("call", call.name()).set("parameters", call.parameters()));
    ArrayNode undo = node.putArray("undo");
    change.undo().forEach(call -> undo.add(call.name()));
    node.put("reversibility", change.reversibility().name());
    node.set("warnings", Json.toTree(change.warnings()));
    node.set("evidence", change.evidence());
    return node;
  }

  private static ObjectNode playbook(PlaybookInfo playbook) {
    return Json.object()
        .put("id", playbook.id())
        .put("title", playbook.title())
        .put("why", playbook.why())
        .put("fix", playbook.fix())
        .put("tier", playbook.tier().name())
        .put("reversibility", playbook.reversibility().name())
        .put("undoWidensAccess", playbook.undoWidensAccess());
  }

  private static String cut(String why) {
    return why.length() <= LONGEST_WHY ? why : why.substring(0, LONGEST_WHY) + "…";
  }
}
