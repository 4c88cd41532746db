package dev.cloudmend.store;

import dev.cloudmend.model.Change;
import dev.cloudmend.model.Decision;
import dev.cloudmend.model.Diagnosis;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.Problem;
import dev.cloudmend.model.ProposalPreview;
import dev.cloudmend.model.PullRequestLink;
import dev.cloudmend.model.Verification;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Incidents and the changes that were planned for them.
 *
 * <p>Each method writes attributes of its own in one request, so writers at the same time do not
 * lose each other's. All but {@link #open} throw a {@link StoreException} when the incident was
 * never opened.
 */
public final class Incidents {

  private final Table state;
  private final Clock clock;

  Incidents(Table state, Clock clock) {
    this.state = state;
    this.clock = clock;
  }

  /**
   * Creates the incident, or opens it again for a new execution: what the last one decided, planned
   * and found is cleared; what was intended, applied, undone and proposed stays.
   */
  public void open(Incident incident, String executionId) {
    // The link comes first: a crash between the two leaves a link to nothing, which reads skip.
    var link = new HashMap<>(Values.key("execution#" + executionId, incident.incidentId()));
    link.put("incidentId", Values.text(incident.incidentId()));
    state.put(link);
    state.update(
        key(incident.incidentId()),
        new Expression(
            "SET #incident = :incident, #executionId = :execution, #openedAt = :now"
                + " REMOVE #closedAt, #outcome, #reason, #diagnosis, #decision, #changeHash,"
                + " #verification, #error, #link, #preview, #tags",
            Map.of(
                ":incident", Values.json(Json.write(incident)),
                ":execution", Values.text(executionId),
                ":now", Values.time(clock.instant()))));
  }

  public Optional<IncidentRecord> find(String incidentId) {
    return state.get("incident " + incidentId, key(incidentId)).map(Incidents::read);
  }

  /** The incidents that this execution opened last, in the order of opening. */
  public List<IncidentRecord> ofExecution(String executionId) {
    var found = new ArrayList<IncidentRecord>();
    for (var link :
        state.all(
            QueryRequest.builder()
                .keyConditionExpression("pk = :pk")
                .expressionAttributeValues(Map.of(":pk", Values.text("execution#" + executionId)))
                .consistentRead(true))) {
      find(new Item("link of execution " + executionId, link).text("incidentId"))
          .filter(incident -> incident.executionId().equals(executionId))
          .ifPresent(found::add);
    }
    found.sort(
        Comparator.comparing(IncidentRecord::openedAt)
            .thenComparing(incident -> incident.incident().incidentId()));
    return found;
  }

  /** Keeps a change under its hash, and makes it the incident's planned one. */
  public void saveChange(String incidentId, Change change) {
    keepChange(incidentId, change);
    set(incidentId, Map.of("changeHash", Values.text(change.hash())));
  }

  /** Keeps a change under its hash beside the planned one: the way back. */
  public void keepChange(String incidentId, Change change) {
    var item = new HashMap<>(changeKey(incidentId, change.hash()));
    item.put("change", Values.json(Json.write(change)));
    state.put(item);
  }

  /**
   * A change that was kept for an incident.
   *
   * @throws StoreException also when its content does not have that hash any more
   */
  public Optional<Change> change(String incidentId, String hash) {
    String name = "change " + hash + " of incident " + incidentId;
    return state
        .get(name, changeKey(incidentId, hash))
        .map(item -> item.json("change", Change.class))
        .map(
            change -> {
              if (!change.hash().equals(hash)) {
                throw new StoreException(
                    "table " + state.name() + ": " + name + " has the content of " + change.hash());
              }
              return change;
            });
  }

  /** Records what a reviewer is told, in place of what was there. */
  public void diagnosed(String incidentId, Diagnosis diagnosis) {
    set(incidentId, Map.of("diagnosis", Values.json(Json.write(diagnosis))));
  }

  /** Keeps the answer to a question under the question's hash, so that it is not asked twice. */
  public void keepAnswer(String incidentId, String question, Diagnosis answer) {
    var item = new HashMap<>(answerKey(incidentId, question));
    item.put("diagnosis", Values.json(Json.write(answer)));
    state.put(item);
  }

  /** The answer that was kept for a question of this incident. */
  public Optional<Diagnosis> answer(String incidentId, String question) {
    return state
        .get(
            "answer to " + question + " of incident " + incidentId, answerKey(incidentId, question))
        .map(item -> item.json("diagnosis", Diagnosis.class));
  }

  public void decided(String incidentId, Decision decision) {
    set(incidentId, Map.of("decision", Values.json(Json.write(decision))));
  }

  /** Records what is about to be done, in place of an earlier intent. */
  public void intend(String incidentId, Intent intent) {
    var map =
        Map.of(
            "hash", Values.text(intent.hash()),
            "kind", Values.text(intent.kind()),
            "at", Values.time(intent.at()),
            "done", Values.flag(intent.done()));
    set(incidentId, Map.of("intent", AttributeValue.fromM(map)));
  }

  /** Records that the intended calls were all made. */
  public void intentDone(String incidentId) {
    boolean intended =
        state.update(
            key(incidentId),
            new Expression("SET #intent.#done = :true", Map.of(":true", Values.flag(true))),
            "attribute_exists(#intent)");
    if (!intended) {
      throw new StoreException(
          "table " + state.name() + ": incident " + incidentId + " has no intent to be done");
    }
  }

  /** Records the change that was applied; an earlier undo is over with that. */
  public void applied(String incidentId, String hash) {
    write(
        incidentId,
        "SET #appliedHash = :hash REMOVE #undoneBy, #undoneAt",
        Map.of(":hash", Values.text(hash)));
  }

  /** Records that the applied change was taken back. */
  public void undone(String incidentId, String by, Instant at) {
    set(incidentId, Map.of("undoneBy", Values.text(by), "undoneAt", Values.time(at)));
  }

  /** Records the older incident that it belongs to, in place of another. */
  public void linked(String incidentId, Link link) {
    set(incidentId, Map.of("link", Values.json(Json.write(link))));
  }

  /** Records the pull request that carries its fix, as it stands now. */
  public void proposed(String incidentId, PullRequestLink pullRequest) {
    set(incidentId, Map.of("pullRequest", Values.json(Json.write(pullRequest))));
  }

  /** Records the pull request that a live run would open. */
  public void previewed(String incidentId, ProposalPreview preview) {
    set(incidentId, Map.of("preview", Values.json(Json.write(preview))));
  }

  /** Records the tags that the resource has now. */
  public void tagged(String incidentId, Map<String, String> tags) {
    set(incidentId, Map.of("tags", Values.json(Json.write(new Tags(tags)))));
  }

  private record Tags(Map<String, String> tags) {}

  /** Records what the live account told of the resource that the finding named only by an id. */
  public void resolved(String incidentId, Incident incident) {
    set(incidentId, Map.of("incident", Values.json(Json.write(incident))));
  }

  public void verified(String incidentId, Verification verification) {
    set(incidentId, Map.of("verification", Values.json(Json.write(verification))));
  }

  /** Ends the incident, in place of an earlier end. */
  public void close(
      String incidentId, Outcome outcome, @Nullable String reason, @Nullable Problem error) {
    var values = new HashMap<String, AttributeValue>();
    values.put(":outcome", Values.text(outcome.name()));
    values.put(":now", Values.time(clock.instant()));
    String set = "SET #outcome = :outcome, #closedAt = :now";
    var remove = new ArrayList<String>();
    if (reason == null) {
      remove.add("#reason");
    } else {
      set += ", #reason = :reason";
      values.put(":reason", Values.text(reason));
    }
    if (error == null) {
      remove.add("#error");
    } else {
      set += ", #error = :error";
      values.put(":error", Values.json(Json.write(error)));
    }
    write(
        incidentId, remove.isEmpty() ? set : set + " REMOVE " + String.join(", ", remove), values);
  }

  private void set(String incidentId, Map<String, AttributeValue> attributes) {
    var assignments = new ArrayList<String>();
    var values = new HashMap<String, AttributeValue>();
    attributes.forEach(
        (name, value) -> {
          assignments.add("#" + name + " = :" + name);
          values.put(":" + name, value);
        });
    write(incidentId, "SET " + String.join(", ", assignments), values);
  }

  private void write(String incidentId, String update, Map<String, AttributeValue> values) {
    boolean there =
        state.update(key(incidentId), new Expression(update, values), "attribute_exists(#pk)");
    if (!there) {
      throw new StoreException(
          "table " + state.name() + ": there is no incident " + incidentId + "; open it first");
    }
  }

  private static IncidentRecord read(Item item) {
    return new IncidentRecord(
        item.json("incident", Incident.class),
        item.text("executionId"),
        item.time("openedAt"),
        item.optionalTime("closedAt").orElse(null),
        item.optionalOutcome("outcome").orElse(null),
        item.optionalText("reason").orElse(null),
        item.optionalJson("diagnosis", Diagnosis.class).orElse(null),
        item.optionalJson("decision", Decision.class).orElse(null),
        item.optionalText("changeHash").orElse(null),
        item.optionalJson("verification", Verification.class).orElse(null),
        item.optionalJson("error", Problem.class).orElse(null),
        item.inner("intent").map(Incidents::readIntent).orElse(null),
        item.optionalText("appliedHash").orElse(null),
        item.optionalText("undoneBy").orElse(null),
        item.optionalTime("undoneAt").orElse(null),
        item.optionalJson("link", Link.class).orElse(null),
        item.optionalJson("pullRequest", PullRequestLink.class).orElse(null),
        item.optionalJson("preview", ProposalPreview.class).orElse(null),
        item.optionalJson("tags", Tags.class).map(Tags::tags).orElse(Map.of()));
  }

  private static Intent readIntent(Item item) {
    return new Intent(item.text("hash"), item.text("kind"), item.time("at"), item.flag("done"));
  }

  private static Map<String, AttributeValue> key(String incidentId) {
    return Values.key("incident#" + incidentId, "incident");
  }

  private static Map<String, AttributeValue> answerKey(String incidentId, String question) {
    return Values.key("incident#" + incidentId, "answer#" + question);
  }

  private static Map<String, AttributeValue> changeKey(String incidentId, String hash) {
    return Values.key("incident#" + incidentId, "change#" + hash);
  }
}
