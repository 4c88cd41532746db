package dev.cloudmend.sourcefixes;

import dev.cloudmend.model.CanonicalJson;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Json;
import dev.cloudmend.pullrequests.Branch;
import dev.cloudmend.pullrequests.Destination;
import dev.cloudmend.pullrequests.Markdown;
import dev.cloudmend.terraform.rules.SourceFix;
import dev.cloudmend.terraform.rules.Violation;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The short texts of a pull request, and the names by which it is found again. */
final class PullRequestText {

  private static final int LONGEST_SUBJECT = 72;
  private static final int LONGEST_LABEL = 50;
  private static final int MOST_FRAMEWORKS = 5;

  private PullRequestText() {}

  static String title(FixRequest request, SourceEdit edit) {
    return Markdown.title(request.playbook().title() + ": " + edit.address());
  }

  /** The incident is named, so that {@code git log} leads to the audit trail. */
  static String commit(FixRequest request, SourceEdit edit) {
    String title = title(request, edit);
    int end = LONGEST_SUBJECT - 1;
    String subject =
        title.length() <= LONGEST_SUBJECT
            ? title
            : title.substring(0, Character.isHighSurrogate(title.charAt(end - 1)) ? end - 1 : end)
                + "…";
    return subject + "\n\nFor incident " + Markdown.title(request.incidentId()) + ".";
  }

  /** The configured ones, and those of severity, source, frameworks, and of who wrote the text. */
  static List<String> labels(Destination destination, Finding finding, SourceEdit edit) {
    return Stream.of(
            destination.labels().stream(),
            Stream.of(label("severity", finding.severity().name())),
            Stream.of(label("source", finding.source())),
            edit.written().map(proposal -> label("written-by", "language-model")).stream(),
            finding.frameworks().stream()
                .limit(MOST_FRAMEWORKS)
                .map(framework -> label("framework", framework)))
        .flatMap(labels -> labels)
        .distinct()
        .toList();
  }

  private static String label(String kind, String name) {
    String plain =
        name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-").replaceAll("^-+", "");
    String all = kind + ":" + plain;
    String label = all.length() <= LONGEST_LABEL ? all : all.substring(0, LONGEST_LABEL);
    return label.replaceAll("[-:]+$", "");
  }

  /**
   * One for a playbook, a base branch, a root module and a resource. Instances of one block share
   * it, as they share the edit.
   */
  static Branch branch(FixRequest request, SourceEdit edit, Branch base) {
    String folder = edit.subject().module().folder().toString().replace('\\', '/');
    return Branch.forFix(
        request.playbook().id(), String.join("\n", base.name(), folder, edit.address()));
  }

  /** Of the live state where it is known, else of what is wrong in the source. */
  static String fingerprint(FixRequest request, SourceEdit edit) {
    return request
        .change()
        .map(Change::fingerprint)
        .orElseGet(
            () ->
                CanonicalJson.hash(
                    Json.toTree(
                        Stream.concat(
                                edit.result().fixed().stream().map(SourceFix.Fixed::violation),
                                edit.result().left().stream().map(SourceFix.Left::violation))
                            .map(PullRequestText::words)
                            .sorted()
                            .toList())));
  }

  private static String words(Violation violation) {
    return String.join(
        "\n", violation.rule().id(), violation.resource().address(), violation.message());
  }
}
