package dev.cloudmend.sourcefixes;

import dev.cloudmend.model.Diagnosis;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.pullrequests.Markdown;
import dev.cloudmend.terraform.rules.SourceFix;
import dev.cloudmend.terraform.rules.Violation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a pull request tells its reviewer, in GitHub's Markdown. */
final class PullRequestBody {

  /** GitHub takes 65,536 characters, and a marker comes before it. */
  private static final int LONGEST = 60_000;

  /** Of one text; each is tried until the body is short enough. */
  private static final List<Integer> LENGTHS = List.of(1_000, 300, 60);

  private static final int MOST_VIOLATIONS = 10;

  private final FixRequest request;
  private final SourceEdit edit;
  private final ResourceRef resource;
  private final Optional<String> author;
  private final Shown shown;

  private PullRequestBody(
      FixRequest request,
      SourceEdit edit,
      ResourceRef resource,
      Optional<String> author,
      Shown shown) {
    this.request = request;
    this.edit = edit;
    this.resource = resource;
    this.author = author;
    this.shown = shown;
  }

  /**
   * Writes it.
   *
   * @param author the login of who wrote the branch's last commit, where they are to be told
   */
  static String of(
      FixRequest request,
      SourceEdit edit,
      ResourceRef resource,
      Optional<String> author,
      boolean masksAccounts) {
    String body = "";
    for (int longest : LENGTHS) {
      body =
          new PullRequestBody(request, edit, resource, author, new Shown(masksAccounts, longest))
              .text();
      if (body.length() <= LONGEST) {
        break;
      }
    }
    return body;
  }

  private String text() {
    String all =
        Stream.of(
                List.of(whatFailed(), facts(), written(), change(), states(), diagnosis()),
                new ReviewSections(request, edit, shown).all(),
                List.of(end()))
            .flatMap(List::stream)
            .filter(part -> !part.isEmpty())
            .map(String::stripTrailing)
            .collect(Collectors.joining("\n\n"));
    // A comment could pass for the marker that finds this pull request again.
    return all.replace("<!--", "<!- -") + "\n";
  }

  private String whatFailed() {
    var text = new StringBuilder("## What failed and why it matters\n\n");
    text.append("**").append(shown.text(request.finding().title())).append("**\n\n");
    text.append(shown.text(request.playbook().why())).append('\n');
    if (request.isFixedLive()) {
      text.append(
          """

          > [!IMPORTANT]
          > The live resource was mended already. Until this is merged and applied, the next \
          `terraform apply` takes that back.
          """);
    }
    author.ifPresent(
        login ->
            text.append("\nFound on this branch; its last commit is by ")
                .append(Markdown.mention(login))
                .append(".\n"));
    return text.toString();
  }

  private String facts() {
    Finding finding = request.finding();
    var rows = new StringBuilder("| | |\n|---|---|\n");
    row(rows, "Resource", shown.codeInTable(resource.arn().toString()));
    row(rows, "Account", shown.codeInTable(resource.account()));
    row(rows, "Region", shown.codeInTable(resource.region()));
    row(
        rows,
        "Found by",
        shown.codeInTable(finding.source()) + ", check " + shown.codeInTable(finding.check()));
    row(rows, "Seen", shown.codeInTable(finding.observedAt().toString()));
    row(rows, "Severity", finding.severity().toString());
    row(rows, "Frameworks", listed(finding.frameworks()));
    row(rows, "Controls", listed(request.playbook().controls()));
    row(rows, "Declared at", declared());
    row(
        rows,
        "Confidence",
        request.diagnosis().map(diagnosis -> diagnosis.confidence().name()).orElse(""));
    row(rows, "Incident", Markdown.codeInTable(request.incidentId()));
    return rows.toString();
  }

  private static void row(StringBuilder rows, String name, String value) {
    if (!value.isEmpty()) {
      rows.append("| ").append(name).append(" | ").append(value).append(" |\n");
    }
  }

  private String listed(List<String> texts) {
    return String.join(", ", texts.stream().limit(10).map(shown::codeInTable).toList());
  }

  private String declared() {
    return shown.codeInTable(edit.address())
        + " in "
        + shown.codeInTable(edit.subject().file().path() + ":" + edit.subject().line());
  }

  private String written() {
    return edit.written()
        .map(
            proposal ->
                """
                ## Who wrote this text

                > [!WARNING]
                > No rule has an edit for this. The new text of %s was written by the language model \
                %s. No rule vouches for its meaning. What was checked: it is one block of the same \
                type and name and nothing else in the file differs, the file can be read and is \
                formatted, what says which resource it is and what it runs is as it was, it has no \
                new wildcard, principal, account, public address or secret, and a scan finds this \
                violation gone and none that is new. Read every line.

                It says of its text: %s"""
                    .formatted(
                        shown.code(edit.mended().address()),
                        shown.code(proposal.author()),
                        shown.text(proposal.explanation())))
        .orElse("");
  }

  private String change() {
    var text = new StringBuilder("## The change\n\n");
    edit.result().fixed().stream()
        .limit(MOST_VIOLATIONS)
        .forEach(
            fixed ->
                text.append("- mended: ")
                    .append(line(fixed.violation()))
                    .append(edit.written().isPresent() ? "" : explained(fixed))
                    .append('\n'));
    edit.result().left().stream()
        .limit(MOST_VIOLATIONS)
        .forEach(
            left ->
                text.append("- **not** mended: ")
                    .append(line(left.violation()))
                    .append(" (")
                    .append(shown.text(left.reason()))
                    .append(")\n"));
    int more =
        Math.max(0, edit.result().fixed().size() - MOST_VIOLATIONS)
            + Math.max(0, edit.result().left().size() - MOST_VIOLATIONS);
    if (more > 0) {
      text.append("- … and %,d more\n".formatted(more));
    }
    return text.append('\n').append(shown.diff(edit.diff())).toString();
  }

  private static String explained(SourceFix.Fixed fixed) {
    if (fixed.remedy().isEmpty()) {
      return " (by another edit of these)";
    }
    return switch (fixed.violation().rule().safety()) {
      case LITERAL -> " (changes a value)";
      case SIBLING -> " (adds a resource or a block beside what is there)";
      case BREAKING -> " (**may cut traffic or people, or replace the resource**)";
    };
  }

  private String line(Violation violation) {
    return shown.code(violation.resource().address())
        + " in "
        + shown.code(violation.resource().file().path() + ":" + violation.line())
        + ": "
        + shown.text(violation.message());
  }

  private String states() {
    return request
        .change()
        .map(
            change ->
                "## State now and required\n\nNow:\n\n"
                    + shown.json(change.before())
                    + "\nRequired:\n\n"
                    + shown.json(change.after()))
        .orElseGet(
            () ->
                "## State now and required\n\nThe live resource was not read for this. In the"
                    + " source, required is: "
                    + shown.text(
                        String.join(
                            "; ",
                            edit.result().fixed().stream()
                                .map(fixed -> fixed.violation().rule().title())
                                .distinct()
                                .toList()))
                    + ".");
  }

  private String diagnosis() {
    return request
        .diagnosis()
        .map(
            diagnosis ->
                "## Diagnosis\n\nBy %s, confidence %s.\n\n"
                        .formatted(
                            diagnosis.origin() == Diagnosis.Origin.CLAUDE
                                ? "Claude, a language model"
                                : "the playbook",
                            diagnosis.confidence())
                    + shown.points(diagnosis.confidenceReasons())
                    + "\n**Root cause.** "
                    + shown.text(diagnosis.rootCause())
                    + "\n\n**Impact.** "
                    + shown.text(diagnosis.impact())
                    + "\n\n**The fix.** "
                    + shown.text(diagnosis.explanation()))
        .orElse("");
  }

  private String end() {
    return """
    ---
    Opened by Cloudmend for incident %s. A later finding brings this up to date, unless somebody \
    else commits to its branch. Closed without a merge, it is left alone until the finding \
    changes.
    """
        .formatted(Markdown.code(request.incidentId()));
  }
}
