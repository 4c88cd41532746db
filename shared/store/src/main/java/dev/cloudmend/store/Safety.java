package dev.cloudmend.store;

import dev.cloudmend.model.Limits;
import dev.cloudmend.model.Target;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * The stop switch and the budget of live changes.
 *
 * <p>A switch that cannot be read counts as on: the {@link StoreException} is the caller's reason
 * to write nothing.
 */
public final class Safety {

  private static final Map<String, AttributeValue> SWITCH = Values.key("safety", "stop");

  private static final String ACCOUNT = "account ";
  private static final String PLAYBOOK = "playbook ";
  private static final String ALL_CHANGES = "all changes";

  private final Table state;
  private final Clock clock;

  Safety(Table state, Clock clock) {
    this.state = state;
    this.clock = clock;
  }

  /** Switches all live changes off; where they are off, the latest reason stands. */
  public void stop(String by, String reason) {
    var item = new HashMap<>(SWITCH);
    item.put("stopped", Values.flag(true));
    item.put("by", Values.text(by));
    item.put("at", Values.time(clock.instant()));
    item.put("reason", Values.text(reason));
    state.put(item);
  }

  /** Allows live changes again. */
  public void resume(String by) {
    var item = new HashMap<>(SWITCH);
    item.put("stopped", Values.flag(false));
    item.put("by", Values.text(by));
    item.put("at", Values.time(clock.instant()));
    state.put(item);
  }

  public Optional<Stop> stopped() {
    return state.get("stop switch", SWITCH).filter(item -> item.flag("stopped")).map(Safety::stop);
  }

  /**
   * Asks for one live change, right before it is made. The look at the stop switch and the counting
   * in all three budgets are one transaction: either all of it happens or nothing.
   *
   * @param agreed whether a person agreed to this very change; then it counts, but the limits do
   *     not refuse it. The stop switch does.
   * @throws StoreException when it is not known whether the change may be made
   */
  public Permission spend(Target target, String playbook, Limits limits, boolean agreed) {
    Instant windowEnds = windowEnds(limits);
    List<Budget> budgets = budgets(target, playbook, limits);
    var writes = new ArrayList<TransactWriteItem>();
    writes.add(notStopped());
    for (Budget budget : budgets) {
      writes.add(count(budget, limits, windowEnds, agreed));
    }
    var backoff = new Backoff(Backoff.LIMIT);
    while (true) {
      List<CancellationReason> reasons = state.transact(writes);
      if (reasons.isEmpty()) {
        return new Permission.Granted(windowEnds);
      }
      if (Table.CONDITION_FAILED.equals(reasons.getFirst().code())) {
        return new Permission.Stopped(stop(new Item("stop switch", reasons.getFirst().item())));
      }
      for (int i = 0; i < budgets.size(); i++) {
        if (Table.CONDITION_FAILED.equals(reasons.get(i + 1).code())) {
          return new Permission.OverBudget(
              budgets.get(i).which(), budgets.get(i).limit(), windowEnds);
        }
      }
      if (!backoff.pause()) {
        throw new StoreException(
            "table "
                + state.name()
                + ": the budget could not be counted within "
                + Backoff.LIMIT.toSeconds()
                + " s: "
                + reasons.stream().map(CancellationReason::code).toList()
                + "; try again");
      }
    }
  }

  /**
   * Gives back what {@link #spend} counted, for a change of which nothing was written.
   *
   * @param windowEnds of the permission: a window that is over is not touched
   */
  public void refund(Target target, String playbook, Limits limits, Instant windowEnds) {
    if (!windowEnds(limits).equals(windowEnds)) {
      return;
    }
    for (Budget budget : budgets(target, playbook, limits)) {
      state.update(
          key(budget.which(), limits, windowEnds),
          new Expression(
              "ADD #spent :back", Map.of(":back", Values.number(-1), ":none", Values.number(0))),
          "#spent > :none");
    }
  }

  /** How much of each budget is used in this window; budgets of which nothing is are left out. */
  public List<Spent> spent(Limits limits) {
    Instant windowEnds = windowEnds(limits);
    return state
        .all(
            QueryRequest.builder()
                .keyConditionExpression("pk = :pk")
                .expressionAttributeValues(Map.of(":pk", Values.text(window(limits, windowEnds))))
                .consistentRead(true))
        .stream()
        .map(item -> new Item("budget", item))
        .map(
            item ->
                new Spent(
                    item.text("sk"),
                    Math.toIntExact(item.number("spent")),
                    limitOf(item.text("sk"), limits),
                    windowEnds))
        .toList();
  }

  private static int limitOf(String which, Limits limits) {
    if (which.startsWith(ACCOUNT)) {
      return limits.perAccount();
    }
    return which.startsWith(PLAYBOOK) ? limits.perPlaybook() : limits.total();
  }

  private static List<Budget> budgets(Target target, String playbook, Limits limits) {
    return List.of(
        new Budget(ACCOUNT + target.account(), limits.perAccount()),
        new Budget(PLAYBOOK + playbook, limits.perPlaybook()),
        new Budget(ALL_CHANGES, limits.total()));
  }

  private TransactWriteItem notStopped() {
    var free =
        new Expression(
            "attribute_not_exists(#pk) OR #stopped = :false", Map.of(":false", Values.flag(false)));
    return TransactWriteItem.builder()
        .conditionCheck(
            check ->
                check
                    .tableName(state.name())
                    .key(SWITCH)
                    .conditionExpression(free.text())
                    .expressionAttributeNames(free.names())
                    .expressionAttributeValues(free.values())
                    .returnValuesOnConditionCheckFailure(
                        ReturnValuesOnConditionCheckFailure.ALL_OLD))
        .build();
  }

  private TransactWriteItem count(
      Budget budget, Limits limits, Instant windowEnds, boolean agreed) {
    String text = "ADD #spent :one SET #expiresAt = :expires";
    var values = new HashMap<String, AttributeValue>();
    values.put(":one", Values.number(1));
    values.put(":expires", Values.seconds(windowEnds.plus(limits.window())));
    if (!agreed) {
      values.put(":limit", Values.number(budget.limit()));
    }
    String condition = agreed ? "" : within(budget);
    return TransactWriteItem.builder()
        .update(
            update ->
                update
                    .tableName(state.name())
                    .key(key(budget.which(), limits, windowEnds))
                    .updateExpression(text)
                    .conditionExpression(agreed ? null : condition)
                    .expressionAttributeNames(Expression.namesIn(text + " " + condition))
                    .expressionAttributeValues(values))
        .build();
  }

  /** The counters of one window lie together, so that they can be shown. */
  private static Map<String, AttributeValue> key(String which, Limits limits, Instant windowEnds) {
    return Values.key(window(limits, windowEnds), which);
  }

  private static String window(Limits limits, Instant windowEnds) {
    return "budget#" + windowEnds.getEpochSecond() + "/" + limits.window().toSeconds();
  }

  /** Without a counter the comparison alone is false, which is right for a limit of 0 only. */
  private static String within(Budget budget) {
    return budget.limit() == 0
        ? "#spent < :limit"
        : "attribute_not_exists(#spent) OR #spent < :limit";
  }

  private Instant windowEnds(Limits limits) {
    long length = limits.window().toSeconds();
    long now = clock.instant().getEpochSecond();
    return Instant.ofEpochSecond(Math.floorDiv(now, length) * length + length);
  }

  private static Stop stop(Item item) {
    return new Stop(item.text("by"), item.time("at"), item.text("reason"));
  }

  /**
   * One counter.
   *
   * @param which its name, which a refusal shows
   */
  private record Budget(String which, int limit) {}
}
