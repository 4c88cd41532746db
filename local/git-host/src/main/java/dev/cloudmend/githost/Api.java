package dev.cloudmend.githost;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Knows who answers which request. */
final class Api {

  /** The one installation of whatever App asks; Apps are not checked. */
  private static final long INSTALLATION = 1;

  private static final Duration TOKEN_LIFE = Duration.ofHours(1);

  private final Map<String, HostedRepository> repositories;
  private final Clock clock;

  /**
   * @param repositories by their names in lower case
   */
  Api(Map<String, HostedRepository> repositories, Clock clock) {
    this.repositories = Map.copyOf(repositories);
    this.clock = clock;
  }

  /**
   * @throws RefusedException with what GitHub says when it refuses
   */
  Answer answer(Route.Match match, Map<String, String> query, ObjectNode body) throws IOException {
    if (match.route() == Route.CREATE_INSTALLATION_TOKEN) {
      return Answer.json(
          201,
          Json.object()
              .put("token", "ghs_local")
              .put("expires_at", clock.instant().plus(TOKEN_LIFE).toString()));
    }
    HostedRepository repository =
        find(match.repository()).orElseThrow(() -> new RefusedException(Answer.notFound()));
    GitData git = repository.gitData();
    PullRequestApi pulls = repository.pulls();
    String argument = match.argument();
    return switch (match.route()) {
      case GET_REPOSITORY -> git.repository();
      case GET_BRANCH -> git.branch(argument);
      case GET_REF -> git.ref(argument);
      case GET_COMMIT -> git.commit(argument);
      case GET_TREE -> git.tree(argument, query.containsKey("recursive"));
      case GET_BLOB -> git.blob(argument);
      case CREATE_TREE -> git.createTree(body);
      case CREATE_COMMIT -> git.createCommit(body);
      case CREATE_REF -> git.createRef(body);
      case UPDATE_REF -> git.updateRef(argument, body);
      case LIST_PULLS -> pulls.list(query);
      case CREATE_PULL -> pulls.create(body);
      case GET_PULL -> pulls.get(match.number());
      case UPDATE_PULL -> pulls.update(match.number(), body);
      case REQUEST_REVIEWERS -> pulls.requestReviewers(match.number(), body);
      case ADD_LABELS -> pulls.addLabels(match.number(), body);
      case CREATE_LABEL -> pulls.createLabel(body);
      case CREATE_COMMENT -> pulls.comment(match.number(), body);
      case SHOW_PULL -> repository.page(match.number());
      case GET_INSTALLATION -> Answer.json(200, Json.object().put("id", INSTALLATION));
      case CREATE_INSTALLATION_TOKEN -> Answer.notFound();
    };
  }

  /**
   * @param name {@code owner/name}; GitHub's names know no case
   */
  Optional<HostedRepository> find(String name) {
    return Optional.ofNullable(repositories.get(name.toLowerCase(Locale.ROOT)));
  }
}
