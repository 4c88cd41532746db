package dev.cloudmend.propener;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ProposalPreview;
import dev.cloudmend.model.PullRequestLink;
import dev.cloudmend.store.IncidentRecord;
import dev.cloudmend.store.Store;
import java.util.List;
import java.util.Objects;

/** Writes into the audit trail what becomes of pull requests. */
final class Trail {

  static final String INTENDED = "PULL_REQUEST_INTENDED";
  static final String OPENED = "PULL_REQUEST_OPENED";
  static final String UPDATED = "PULL_REQUEST_UPDATED";
  static final String EDITED = "PULL_REQUEST_EDITED";
  static final String MERGED = "PULL_REQUEST_MERGED";
  static final String CLOSED = "PULL_REQUEST_CLOSED";
  static final String WITHDRAWN = "PULL_REQUEST_WITHDRAWN";

  private final Store store;

  Trail(Store store) {
    this.store = store;
  }

  /** Something is about to be written to open a pull request, or to bring one up to date. */
  void intends(String incidentId, String actor, ProposalPreview proposal) {
    ObjectNode data = Json.object();
    data.put("action", "propose");
    data.put("repository", proposal.repository());
    data.put("base", proposal.base());
    data.put("branch", proposal.branch());
    data.put("title", proposal.title());
    store.audit().append(incidentId, INTENDED, actor, data);
  }

  /** A pull request is about to be closed. */
  void intendsToClose(String incidentId, String actor, PullRequestLink link) {
    ObjectNode data = of(link);
    data.put("action", "withdraw");
    store.audit().append(incidentId, INTENDED, actor, data);
  }

  /** A pull request carries the incident's fix. */
  void proposed(
      String incidentId, String actor, String kind, PullRequestLink link, List<String> notes) {
    ObjectNode data = of(link);
    if (!notes.isEmpty()) {
      ArrayNode all = data.putArray("notes");
      notes.forEach(all::add);
    }
    store.audit().append(incidentId, kind, actor, data);
    store.incidents().proposed(incidentId, link);
  }

  /**
   * A pull request was seen to stand otherwise. Whoever knows that already is not told again, as
   * after a sweep that broke off.
   *
   * @param reason why, for a person
   */
  void changed(IncidentRecord record, String kind, PullRequestLink link, String reason) {
    PullRequestLink known = record.pullRequest();
    if (link.equals(known)) {
      return;
    }
    String incidentId = record.incident().incidentId();
    ObjectNode data = of(link);
    data.put("reason", reason);
    store.audit().append(incidentId, kind, record.incident().run().actor(), data);
    // A later pull request of the same incident says more than this one.
    if (known == null || isSame(known, link)) {
      store.incidents().proposed(incidentId, link);
    }
  }

  private static boolean isSame(PullRequestLink one, PullRequestLink other) {
    return one.number() == other.number() && one.repository().equalsIgnoreCase(other.repository());
  }

  private static ObjectNode of(PullRequestLink link) {
    return (ObjectNode) Objects.requireNonNull(Json.toTree(link));
  }
}
