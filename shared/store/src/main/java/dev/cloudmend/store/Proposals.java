package dev.cloudmend.store;

import dev.cloudmend.model.Json;
import dev.cloudmend.model.PullRequestLink;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * The pull requests that are open, for those who read them back.
 *
 * <p>One item for each pull request. Every method is one request, and what two writers add at the
 * same time is both there.
 */
public final class Proposals {

  private static final String ALL = "proposals";

  private final Table state;
  private final Clock clock;

  Proposals(Table state, Clock clock) {
    this.state = state;
    this.clock = clock;
  }

  /**
   * Records that a pull request carries the fix of an incident. How it stood when it was looked at
   * last stays, where it is known already; that it was about to be closed does not.
   *
   * @param headSha the last commit of its branch
   * @param fixedLive whether Cloudmend mended the incident's resource itself
   */
  public void add(
      PullRequestLink pullRequest, String headSha, String incidentId, boolean fixedLive) {
    String fixed = fixedLive ? ":fixed" : "if_not_exists(#fixedLive, :fixed)";
    state.update(
        key(pullRequest),
        new Expression(
            "SET #pullRequest = if_not_exists(#pullRequest, :pullRequest),"
                + " #headSha = if_not_exists(#headSha, :head),"
                + " #addedAt = if_not_exists(#addedAt, :now),"
                + " #readAt = if_not_exists(#readAt, :now),"
                + " #fixedLive = "
                + fixed
                + " REMOVE #withdrawing ADD #incidents :incident",
            Map.of(
                ":pullRequest", Values.json(Json.write(pullRequest)),
                ":head", Values.text(headSha),
                ":now", Values.time(clock.instant()),
                ":fixed", Values.flag(fixedLive),
                ":incident", AttributeValue.fromSs(List.of(Values.clean(incidentId))))));
  }

  /** The pull request of a repository, while it is open. */
  public Optional<OpenProposal> find(String repository, int number) {
    return state
        .get("pull request " + repository + "#" + number, key(repository, number))
        .map(Proposals::read);
  }

  /** All of them, the one that was looked at longest ago first. */
  public List<OpenProposal> all() {
    return state
        .all(
            QueryRequest.builder()
                .keyConditionExpression("pk = :pk")
                .expressionAttributeValues(Map.of(":pk", Values.text(ALL)))
                .consistentRead(true))
        .stream()
        .map(item -> read(new Item("an open pull request", item)))
        .sorted(Comparator.comparing(OpenProposal::readAt).thenComparing(OpenProposal::addedAt))
        .toList();
  }

  /**
   * Records how a pull request stands now, unless it was removed meanwhile.
   *
   * @param headSha the last commit of its branch now
   */
  public void looked(PullRequestLink pullRequest, String headSha) {
    state.update(
        key(pullRequest),
        new Expression(
            "SET #pullRequest = :pullRequest, #headSha = :head, #readAt = :now",
            Map.of(
                ":pullRequest", Values.json(Json.write(pullRequest)),
                ":head", Values.text(headSha),
                ":now", Values.time(clock.instant()))),
        "attribute_exists(#pk)");
  }

  /**
   * Records that Cloudmend is about to close a pull request.
   *
   * @param seen as it was when that was decided
   * @return false where it carries the fix of another incident meanwhile, which has to be heard
   */
  public boolean withdrawing(OpenProposal seen) {
    return state.update(
        key(seen.pullRequest()),
        new Expression(
            "SET #withdrawing = :true",
            Map.of(":true", Values.flag(true), ":incidents", incidents(seen))),
        "#incidents = :incidents");
  }

  /**
   * Forgets a pull request that is not open any more.
   *
   * @param seen as it was when its incidents were told
   * @return false where it is kept, because another incident came that was not told
   */
  public boolean remove(OpenProposal seen) {
    return state.deleteIf(
        key(seen.pullRequest()),
        new Expression("#incidents = :incidents", Map.of(":incidents", incidents(seen))));
  }

  private static AttributeValue incidents(OpenProposal seen) {
    return AttributeValue.fromSs(List.copyOf(seen.incidents()));
  }

  private static OpenProposal read(Item item) {
    return new OpenProposal(
        item.json("pullRequest", PullRequestLink.class),
        item.text("headSha"),
        new TreeSet<>(item.texts("incidents")),
        item.flag("fixedLive"),
        item.attributes().containsKey("withdrawing"),
        item.time("addedAt"),
        item.time("readAt"));
  }

  private static Map<String, AttributeValue> key(PullRequestLink pullRequest) {
    return key(pullRequest.repository(), pullRequest.number());
  }

  /** GitHub takes a name in any case. */
  private static Map<String, AttributeValue> key(String repository, int number) {
    return Values.key(ALL, repository.toLowerCase(Locale.ROOT) + "#" + number);
  }
}
