package dev.cloudmend.githost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.githost.HostedPullRequest.Status;
import dev.cloudmend.model.Json;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Pull requests, with their labels, reviewers and comments. Everybody can be asked for a review:
 * nobody is asked in truth.
 *
 * @see <a href="https://docs.github.com/en/rest/pulls">REST API for pull requests</a>
 */
final class PullRequestApi {

  private static final String PULL = "PullRequest";
  private static final int LONGEST_TITLE = 256;
  private static final int LONGEST_BODY = 65_536;
  private static final int LONGEST_LABEL = 50;
  private static final int PAGE = 30;
  private static final int LARGEST_PAGE = 100;
  private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,5}");

  private final String owner;
  private final PullFile file;
  private final Branches branches;
  private final Standing standing;
  private final PullForm form;
  private final Descriptions descriptions;
  private final Clock clock;

  PullRequestApi(
      String owner,
      PullFile file,
      Branches branches,
      PullForm form,
      Descriptions descriptions,
      Clock clock) {
    this.owner = owner;
    this.file = file;
    this.branches = branches;
    this.form = form;
    this.descriptions = descriptions;
    this.clock = clock;
    standing = new Standing(branches, clock);
  }

  /** All, the oldest first, as git has them now. */
  List<HostedPullRequest> all() throws IOException {
    branches.refresh();
    return file.with(
        book -> {
          standing.refresh(book);
          return book.pulls();
        });
  }

  /** One as git has it now. */
  HostedPullRequest find(int number) throws IOException {
    return all().stream()
        .filter(pull -> pull.number() == number)
        .findFirst()
        .orElseThrow(() -> new RefusedException(Answer.notFound()));
  }

  Answer list(Map<String, String> query) throws IOException {
    String state = query.getOrDefault("state", "open");
    int size = Math.min(number(query, "per_page", PAGE), LARGEST_PAGE);
    long before = (number(query, "page", 1) - 1L) * size;
    Comparator<HostedPullRequest> oldestFirst = Comparator.comparingInt(HostedPullRequest::number);
    ArrayNode page = Json.mapper().createArrayNode();
    all().stream()
        .filter(p -> state.equals("all") || p.isOpen() == state.equals("open"))
        .filter(
            p -> query.getOrDefault("head", owner + ":" + p.head()).equals(owner + ":" + p.head()))
        .filter(p -> query.getOrDefault("base", p.base()).equals(p.base()))
        .sorted(
            query.getOrDefault("direction", "desc").equals("asc")
                ? oldestFirst
                : oldestFirst.reversed())
        .skip(before)
        .limit(size)
        .forEach(pull -> page.add(form.json(pull)));
    return Answer.json(200, page);
  }

  Answer get(int number) throws IOException {
    return Answer.json(200, form.alone(find(number)));
  }

  Answer create(JsonNode body) throws IOException {
    String title = title(Bodies.text(body, "title", PULL));
    String text = text(Bodies.optionalText(body, "body", PULL).orElse(""));
    String head = ownBranch(Bodies.text(body, "head", PULL));
    String base = Bodies.text(body, "base", PULL);
    boolean isDraft = body.path("draft").asBoolean();
    HostedPullRequest opened =
        file.with(
            book -> {
              standing.refresh(book);
              ObjectId headAt = at(head, "head");
              ObjectId baseAt = at(base, "base");
              if (branches.follows(baseAt, headAt)) {
                throw refused("No commits between " + base + " and " + head);
              }
              if (book.pulls().stream()
                  .anyMatch(p -> p.isOpen() && p.head().equals(head) && p.base().equals(base))) {
                throw refused("A pull request already exists for %s:%s.".formatted(owner, head));
              }
              Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
              HostedPullRequest pull =
                  new HostedPullRequest(
                      book.nextNumber(),
                      title,
                      text,
                      head,
                      base,
                      headAt.name(),
                      baseAt.name(),
                      isDraft,
                      Status.OPEN,
                      now,
                      now,
                      List.of(),
                      List.of(),
                      List.of());
              book.put(pull);
              return pull;
            });
    descriptions.describe(opened);
    return Answer.json(201, form.alone(opened));
  }

  Answer update(int number, JsonNode body) throws IOException {
    String state = Bodies.optionalText(body, "state", PULL).orElse("");
    HostedPullRequest updated =
        change(
            number,
            pull -> {
              HostedPullRequest changed =
                  pull.withText(
                      title(Bodies.optionalText(body, "title", PULL).orElse(pull.title())),
                      text(Bodies.optionalText(body, "body", PULL).orElse(pull.body())));
              if (state.equals("open") && !pull.isOpen()) {
                throw refused("A pull request that ended is not opened again here");
              }
              return state.equals("closed") && pull.isOpen()
                  ? changed.ended(Status.CLOSED, clock.instant().truncatedTo(ChronoUnit.SECONDS))
                  : changed;
            });
    if (updated.isOpen()) {
      descriptions.describe(updated);
    }
    return Answer.json(200, form.alone(updated));
  }

  Answer requestReviewers(int number, JsonNode body) throws IOException {
    List<String> asked = new ArrayList<>(Bodies.texts(body, "reviewers", PULL));
    asked.addAll(Bodies.texts(body, "team_reviewers", PULL));
    return Answer.json(
        201, form.json(change(number, p -> p.withReviewers(together(p.reviewers(), asked)))));
  }

  Answer addLabels(int number, JsonNode body) throws IOException {
    List<String> added = Bodies.texts(body, "labels", "Label");
    added.forEach(PullRequestApi::requireLabel);
    HostedPullRequest labelled =
        file.with(
            book -> {
              HostedPullRequest pull = known(book, number);
              book.addLabels(added);
              book.put(pull.withLabels(together(pull.labels(), added)));
              return known(book, number);
            });
    ArrayNode all = Json.mapper().createArrayNode();
    labelled.labels().forEach(label -> all.addObject().put("name", label));
    return Answer.json(200, all);
  }

  Answer createLabel(JsonNode body) throws IOException {
    String name = Bodies.text(body, "name", "Label");
    requireLabel(name);
    if (!file.with(book -> book.addLabels(List.of(name)))) {
      throw new RefusedException(
          Answer.invalid("Label", "name", "already_exists", "name already exists"));
    }
    return Answer.json(201, Json.object().put("name", name));
  }

  Answer comment(int number, JsonNode body) throws IOException {
    String comment = text(Bodies.text(body, "body", "IssueComment"));
    HostedPullRequest commented =
        change(
            number,
            pull -> {
              List<String> comments = new ArrayList<>(pull.comments());
              comments.add(comment);
              return pull.withComments(comments);
            });
    ObjectNode answer = Json.object().put("id", commented.comments().size()).put("body", comment);
    return Answer.json(201, answer);
  }

  private HostedPullRequest change(int number, UnaryOperator<HostedPullRequest> change)
      throws IOException {
    return file.with(
        book -> {
          standing.refresh(book);
          HostedPullRequest changed = change.apply(known(book, number));
          book.put(changed);
          return changed;
        });
  }

  private static HostedPullRequest known(PullBook book, int number) {
    return book.find(number).orElseThrow(() -> new RefusedException(Answer.notFound()));
  }

  private ObjectId at(String branch, String field) throws IOException {
    return branches
        .find(branch)
        .orElseThrow(
            () ->
                new RefusedException(
                    Answer.invalid(PULL, field, "invalid", field + " is not a branch")));
  }

  /** A head may name its owner; there are no forks here. */
  private String ownBranch(String head) {
    return head.startsWith(owner + ":") ? head.substring(owner.length() + 1) : head;
  }

  private static String title(String title) {
    if (title.isBlank() || title.length() > LONGEST_TITLE) {
      throw refused("title is missing or too long (maximum is 256 characters)");
    }
    return title;
  }

  private static String text(String body) {
    if (body.length() > LONGEST_BODY) {
      throw refused("body is too long (maximum is 65536 characters)");
    }
    return body;
  }

  private static void requireLabel(String name) {
    if (name.isBlank() || name.length() > LONGEST_LABEL) {
      throw new RefusedException(
          Answer.invalid("Label", "name", "invalid", "name has 1 to 50 characters"));
    }
  }

  private static RefusedException refused(String message) {
    return new RefusedException(Answer.invalid(PULL, "base", "custom", message));
  }

  private static List<String> together(List<String> first, List<String> second) {
    Set<String> all = new LinkedHashSet<>(first);
    all.addAll(second);
    return List.copyOf(all);
  }

  private static int number(Map<String, String> query, String name, int otherwise) {
    String value = query.getOrDefault(name, "");
    return NUMBER.matcher(value).matches() ? Integer.parseInt(value) : otherwise;
  }
}
