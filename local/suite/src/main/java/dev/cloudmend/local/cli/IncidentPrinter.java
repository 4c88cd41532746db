package dev.cloudmend.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.aws.AwsCommandLine;
import dev.cloudmend.local.IncidentReport;
import dev.cloudmend.local.cli.Console.Style;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Diagnosis;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.ProposalPreview;
import dev.cloudmend.model.PullRequestLink;
import dev.cloudmend.model.Text;
import dev.cloudmend.store.Link;
import java.util.List;
import java.util.Locale;

/** Shows an incident to a person: what was found, what will be or was done, and the way back. */
final class IncidentPrinter {

  private final Console console;

  IncidentPrinter(Console console) {
    this.console = console;
  }

  void print(IncidentReport report) {
    console.line(outcome(report.outcome()) + "  " + console.styled(Style.DIM, report.incidentId()));
    Finding finding = report.finding();
    if (finding != null) {
      field("finding", finding.check() + " (" + finding.source() + ")");
      if (!finding.title().equals(finding.check())) {
        field("says", finding.title());
      }
      if (finding.resource() != null) {
        field("resource", finding.resource().arn().toString());
      }
    }
    if (report.reason() != null && !report.reason().isEmpty()) {
      field("reason", report.reason());
    }
    if (report.link() != null) {
      field("link", link(report.link()));
    }
    if (report.diagnosis() != null) {
      print(report.diagnosis(), warnings(report));
    }
    if (report.decision() != null) {
      field("decision", report.decision().mode() + ", rule '" + report.decision().rule() + "'");
      report.decision().notes().forEach(note -> field("", note));
    }
    if (report.change() != null) {
      print(report.change());
    }
    if (report.pullRequest() != null) {
      print(report.pullRequest());
    }
    if (report.preview() != null) {
      print(report.preview());
    }
    console.line();
  }

  /** How an incident belongs to an older one, for a person. */
  static String link(Link link) {
    String how =
        switch (link.kind()) {
          case DUPLICATE_OF -> "is the same failure as ";
          case FOLLOWS -> "the resource failed again after ";
          case CLOSES -> "closed ";
        };
    return how + link.incidentId();
  }

  private static List<String> warnings(IncidentReport report) {
    return report.change() == null ? List.of() : report.change().warnings();
  }

  /** What the plan warns of below is not said twice. */
  private void print(Diagnosis diagnosis, List<String> warnings) {
    field("cause", diagnosis.rootCause());
    field("impact", diagnosis.impact());
    field("fix", diagnosis.explanation());
    diagnosis.couldBreak().stream()
        .filter(text -> !warnings.contains(text))
        .forEach(text -> field("may break", text));
    diagnosis.needs().forEach(text -> field("needs", text));
    field(
        "sure",
        diagnosis.confidence()
            + ", says "
            + (diagnosis.origin() == Diagnosis.Origin.CLAUDE ? "Claude" : "the playbook"));
    if (diagnosis.reason() != null) {
      field(console.styled(Style.YELLOW, "no Claude"), diagnosis.reason());
    }
  }

  /** Shows a change: before and after, the exact calls, and the way back. */
  void print(Change change) {
    field("playbook", change.playbook() + " " + change.playbookVersion());
    field("plan", change.summary());
    field("hash", change.hash());
    console.line("  change");
    diff("", change.before(), change.after());
    calls("calls", change.apply());
    calls("undo (" + change.reversibility().name().toLowerCase(Locale.ROOT) + ")", change.undo());
    change.warnings().forEach(w -> field(console.styled(Style.YELLOW, "warning"), w));
  }

  /** Shows where a fix waits for its review, or waited. */
  void print(PullRequestLink pullRequest) {
    field(
        "proposed",
        "%s#%d, %s"
            .formatted(
                pullRequest.repository(),
                pullRequest.number(),
                pullRequest.status().name().toLowerCase(Locale.ROOT)));
    field("", pullRequest.url());
    field("", "branch " + pullRequest.branch());
  }

  /** Shows what a live run would open. */
  void print(ProposalPreview preview) {
    field("proposes", preview.title());
    field(
        "",
        "in %s, branch %s, to be merged into %s"
            .formatted(preview.repository(), preview.branch(), preview.base()));
    console.diff("    ", preview.diff().lines().toList());
  }

  private void calls(String name, List<ApiCall> calls) {
    console.line("  " + name);
    if (calls.isEmpty()) {
      console.line("    none");
    }
    for (ApiCall call : calls) {
      console.line("    " + Console.shown(AwsCommandLine.of(call)));
    }
  }

  private void diff(String path, JsonNode before, JsonNode after) {
    if (before.equals(after)) {
      return;
    }
    if (before.isObject() && after.isObject()) {
      var names = new java.util.TreeSet<String>();
      before.fieldNames().forEachRemaining(names::add);
      after.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        diff(path.isEmpty() ? name : path + "." + name, before.path(name), after.path(name));
      }
      return;
    }
    side(Style.RED, "-", path, before);
    side(Style.GREEN, "+", path, after);
  }

  private void side(Style style, String sign, String path, JsonNode value) {
    if (value.isArray()) {
      value.forEach(element -> side(style, sign, path + "[]", element));
      return;
    }
    if (value.isObject()) {
      value
          .properties()
          .forEach(
              m ->
                  side(
                      style,
                      sign,
                      path.isEmpty() ? m.getKey() : path + "." + m.getKey(),
                      m.getValue()));
      return;
    }
    String text = value.isMissingNode() || value.isNull() ? "(not set)" : value.toString();
    console.line(
        "    "
            + console.styled(
                style, Text.shown(sign + " " + (path.isEmpty() ? "" : path + ": ") + text)));
  }

  private void field(String name, String text) {
    console.line("  %-9s %s".formatted(name, Console.shown(text).replace("\n", "\n            ")));
  }

  String outcome(Outcome outcome) {
    Style style =
        switch (outcome) {
          case REMEDIATED, ALREADY_COMPLIANT, UNDONE -> Style.GREEN;
          case FAILED, ROLLED_BACK -> Style.RED;
          case BLOCKED, AWAITING_APPROVAL, PULL_REQUEST_OPENED, EXPIRED, MANUAL -> Style.YELLOW;
          case PLANNED, DUPLICATE, IGNORED, UNSUPPORTED, RESOURCE_NOT_FOUND -> Style.CYAN;
        };
    return console.styled(Style.BOLD, console.styled(style, outcome.name()));
  }
}
