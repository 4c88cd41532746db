package dev.cloudmend.endpoint.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.endpoint.AnsweredHere;
import dev.cloudmend.endpoint.AwsAnswer;
import dev.cloudmend.endpoint.AwsRequest;
import dev.cloudmend.endpoint.EventSink;
import dev.cloudmend.endpoint.ExecutionStarter;
import dev.cloudmend.endpoint.FunctionCaller;
import dev.cloudmend.endpoint.ServiceException;
import dev.cloudmend.endpoint.Upstream;
import dev.cloudmend.endpoint.Watching;
import dev.cloudmend.model.Json;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * EventBridge's PutEvents and TestEventPattern, and what happens to events: the rules and targets
 * that were deployed, which stay with the emulator, decide who gets an event and in what form.
 *
 * <p>An event is on the disk before PutEvents answers, and stays there until each of its targets
 * has it, or its dead-letter queue, so nothing is lost when this process ends. A target may get an
 * event twice, as in AWS.
 *
 * <p>What is not done here: permissions of targets, roles of rules and a function's resource policy
 * are not checked; archives keep nothing; an event for a bus that does not exist is accepted and
 * reaches nobody, as in AWS.
 */
public final class EventBridge implements AnsweredHere, EventSink, AutoCloseable {

  private static final long TICK_MILLIS = 1_000;

  private final EventSettings settings;
  private final Upstream upstream;
  private final Rules rules;
  private final Deliveries deliveries;
  private final Schedules schedules;
  private final Thread ticking;

  /** Makes the service; nothing is delivered before {@link #begin()} or a call. */
  public EventBridge(
      EventSettings settings,
      Upstream upstream,
      ExecutionStarter executions,
      FunctionCaller functions) {
    this.settings = settings;
    this.upstream = upstream;
    this.rules = new Rules(upstream, settings.log());
    this.deliveries = new Deliveries(settings, rules, upstream, executions, functions);
    this.schedules = new Schedules(rules, settings, deliveries::accept);
    this.ticking = Thread.ofPlatform().daemon().name("scheduled rules").unstarted(this::tick);
  }

  /**
   * Delivers what another process left, and runs schedules from now on. The endpoint is up by now.
   */
  public void begin() {
    deliveries.begin();
    ticking.start();
  }

  private void tick() {
    try {
      while (true) {
        try {
          schedules.tick();
        } catch (UncheckedIOException e) {
          settings.log().accept("A scheduled rule did not fire: " + e.getMessage());
        }
        Thread.sleep(TICK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What it has to be told of to know the rules. */
  public Watching watching() {
    return new RuleWrites();
  }

  /** Learns of writes that change who gets what. */
  private final class RuleWrites implements Watching {
    @Override
    public Set<String> operations() {
      return Set.of(
          "events:PutRule",
          "events:DeleteRule",
          "events:EnableRule",
          "events:DisableRule",
          "events:PutTargets",
          "events:RemoveTargets",
          "events:CreateEventBus",
          "events:DeleteEventBus");
    }

    @Override
    public void succeeded(AwsRequest request, AwsAnswer answer) {
      rules.forget();
      if (request.operation().equals("PutRule")
          && request.body().json().hasNonNull("ScheduleExpression")) {
        schedules.remember(upstream.account(request.accessKey()), request.region());
      }
    }
  }

  /** How many deliveries ended nowhere: not at their target and not in a dead-letter queue. */
  public long lost() {
    return deliveries.lost();
  }

  @Override
  public Set<String> operations() {
    return Set.of("events:PutEvents", "events:TestEventPattern");
  }

  @Override
  public AwsAnswer answer(AwsRequest request) {
    ObjectNode parameters = request.body().json();
    return AwsAnswer.json(
        switch (request.operation()) {
          case "PutEvents" -> putEvents(request, parameters);
          case "TestEventPattern" ->
              Json.object()
                  .put(
                      "Result",
                      EventPatterns.matches(
                          parameters.path("EventPattern").asText(""),
                          parameters.path("Event").asText("")));
          default ->
              throw new ServiceException(
                  400, "UnknownOperationException", request.operation() + " is not answered here");
        });
  }

  private ObjectNode putEvents(AwsRequest request, ObjectNode parameters) {
    Instant now = settings.clock().instant();
    PutEvents read =
        PutEvents.read(
            parameters.path("Entries"),
            upstream.account(request.accessKey()),
            request.region(),
            now);
    deliveries.accept(
        read.accepted().stream()
            .map(entry -> new AcceptedEvent(entry.bus(), entry.event(), now.toString(), false))
            .toList());
    return read.answer();
  }

  @Override
  public void put(ObjectNode event) {
    var bus = new Bus(event.path("account").asText(), event.path("region").asText(), Bus.DEFAULT);
    String now = settings.clock().instant().toString();
    deliveries.accept(List.of(new AcceptedEvent(bus, event.deepCopy(), now, false)));
  }

  @Override
  public void close() {
    ticking.interrupt();
    deliveries.close();
  }
}
