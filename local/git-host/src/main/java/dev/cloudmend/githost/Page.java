package dev.cloudmend.githost;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloudmend.model.Text;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;

/** A pull request as plain text, for a browser or a terminal. */
final class Page {

  private static final int LONGEST_LINE = 10_000;
  private static final int LONGEST_DIFF = 2 * 1024 * 1024;

  private final String repository;
  private final Repository git;

  Page(String repository, Repository git) {
    this.repository = repository;
    this.git = git;
  }

  Answer of(HostedPullRequest pull) throws IOException {
    var page = new StringBuilder();
    page.append("%s #%d  %s%n".formatted(repository, pull.number(), pull.title()));
    page.append(
        "%s%s, %s into %s, opened %s%n"
            .formatted(
                pull.isDraft() ? "draft, " : "",
                pull.status(),
                pull.head(),
                pull.base(),
                pull.createdAt()));
    if (!pull.labels().isEmpty()) {
      page.append("labels: ").append(String.join(", ", pull.labels())).append('\n');
    }
    if (!pull.reviewers().isEmpty()) {
      page.append("asked for a review: ").append(String.join(", ", pull.reviewers())).append('\n');
    }
    page.append('\n').append(pull.body()).append('\n');
    pull.comments().forEach(text -> page.append("\n-- comment\n").append(text).append('\n'));
    page.append("\n-- diff\n").append(diff(pull));
    return Answer.text(harmless(page.toString()));
  }

  /** What the head adds to where it left the base. */
  private String diff(HostedPullRequest pull) throws IOException {
    var text = new ByteArrayOutputStream();
    try (RevWalk walk = new RevWalk(git);
        DiffFormatter formatter = new DiffFormatter(text)) {
      RevCommit head = walk.parseCommit(ObjectId.fromString(pull.headSha()));
      walk.setRevFilter(RevFilter.MERGE_BASE);
      walk.markStart(head);
      walk.markStart(walk.parseCommit(ObjectId.fromString(pull.baseSha())));
      Optional<RevCommit> from = Optional.ofNullable(walk.next());
      formatter.setRepository(git);
      formatter.format(from.map(RevCommit::getTree).orElse(null), head.getTree());
    } catch (MissingObjectException e) {
      return "(its commits are no longer there)\n";
    }
    String all = text.toString(UTF_8);
    return all.length() <= LONGEST_DIFF
        ? all
        : all.substring(0, LONGEST_DIFF) + "\n(the rest is left out)\n";
  }

  /** A terminal would obey control characters. */
  private static String harmless(String text) {
    return text.lines()
        .map(line -> Text.shown(line.replace("\t", "    "), LONGEST_LINE))
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
