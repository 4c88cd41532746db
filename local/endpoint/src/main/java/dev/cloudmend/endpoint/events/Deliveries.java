package dev.cloudmend.endpoint.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.endpoint.ExecutionStarter;
import dev.cloudmend.endpoint.FunctionCaller;
import dev.cloudmend.endpoint.ServiceException;
import dev.cloudmend.endpoint.Upstream;
import dev.cloudmend.endpoint.spool.Spool;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Brings accepted events to the targets of the rules that they match. Each event, and then each
 * delivery, lies in a file from before it is worked on until it is done; what another process left
 * is taken up by {@link #begin()}.
 */
final class Deliveries implements AutoCloseable {

  private final EventSettings settings;
  private final Rules rules;
  private final Targets targets;
  private final DeadLetters deadLetters;
  private final Spool accepted;
  private final Spool open;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicLong lost = new AtomicLong();
  private volatile boolean closed;

  Deliveries(
      EventSettings settings,
      Rules rules,
      Upstream upstream,
      ExecutionStarter executions,
      FunctionCaller functions) {
    this.settings = settings;
    this.rules = rules;
    this.targets = new Targets(upstream, executions, functions, event -> accept(List.of(event)));
    this.deadLetters = new DeadLetters(targets, settings);
    this.accepted = new Spool(settings.data().resolve("events"));
    this.open = new Spool(settings.data().resolve("deliveries"));
  }

  /** Work that ends early when everything ends. */
  private interface Work {
    void run() throws InterruptedException;
  }

  void begin() {
    open.all().forEach(json -> start(() -> deliver(Delivery.ofJson(json))));
    accepted.all().forEach(json -> start(() -> route(AcceptedEvent.ofJson(json))));
  }

  /** Takes events; when this returns they are on the disk. */
  void accept(List<AcceptedEvent> events) {
    events.forEach(event -> accepted.keep(event.key(), event.toJson()));
    events.forEach(event -> start(() -> route(event)));
  }

  /** Takes an event for one rule, whatever its pattern. */
  void accept(AcceptedEvent event, Rule rule) {
    fanOut(event, List.of(rule));
  }

  /** How many deliveries ended nowhere: not at their target and not in a queue. */
  long lost() {
    return lost.get();
  }

  private void start(Work work) {
    try {
      threads.execute(
          () -> {
            try {
              work.run();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            } catch (UncheckedIOException e) {
              // When all ends, a write may be interrupted: what was on the disk before is there.
              if (!closed) {
                settings.log().accept("An event rests until the next start: " + e.getMessage());
              }
            }
          });
    } catch (RejectedExecutionException e) {
      // It was closed meanwhile: the file stays for the next process.
      if (!closed) {
        throw e;
      }
    }
  }

  private void route(AcceptedEvent event) throws InterruptedException {
    for (int failures = 1; !closed; failures++) {
      try {
        fanOut(event, rules.matching(event.bus(), event.event()));
        accepted.remove(event.key());
        return;
      } catch (ServiceException e) {
        Duration pause = settings.pause().apply(failures);
        settings
            .log()
            .accept("The rules of the bus " + event.bus().name() + " cannot be read: " + e.code());
        Thread.sleep(pause);
      } catch (IllegalStateException e) {
        settings.log().accept("An event could not be matched and is dropped");
        lost.incrementAndGet();
        accepted.remove(event.key());
        return;
      }
    }
  }

  private void fanOut(AcceptedEvent event, List<Rule> matching) {
    for (Rule rule : matching) {
      for (ObjectNode target : rule.targets()) {
        Delivery delivery = Delivery.of(event, rule, target);
        open.keep(delivery.key(), delivery.toJson());
        start(() -> deliver(delivery));
      }
    }
  }

  private void deliver(Delivery first) throws InterruptedException {
    Delivery delivery = first;
    while (!closed) {
      Attempt attempt = attempt(delivery);
      if (closed) {
        return;
      }
      switch (attempt) {
        case Attempt.Delivered done -> {
          open.remove(delivery.key());
          return;
        }
        case Attempt.FunctionFailed failed -> {
          if (delivery.functionFailures() >= settings.functionRetries().size()) {
            tell(delivery, "the function failed " + (delivery.functionFailures() + 1) + " times");
            open.remove(delivery.key());
            return;
          }
          Duration pause = settings.functionRetries().get(delivery.functionFailures());
          delivery = delivery.functionFailedAgain();
          open.keep(delivery.key(), delivery.toJson());
          Thread.sleep(pause);
        }
        case Attempt.Refused refused -> {
          Duration pause = settings.pause().apply(delivery.failures() + 1);
          Exhausted exhausted = exhausted(delivery, refused, pause);
          if (exhausted != Exhausted.NO) {
            giveUp(delivery, refused, exhausted);
            return;
          }
          delivery = delivery.failedAgain();
          open.keep(delivery.key(), delivery.toJson());
          Thread.sleep(pause);
        }
      }
    }
  }

  /** Whatever goes wrong must come back, or the delivery would rest until the next process. */
  private Attempt attempt(Delivery delivery) throws InterruptedException {
    try {
      return targets.deliver(delivery);
    } catch (RuntimeException e) {
      return new Attempt.Refused("INTERNAL_ERROR", e.getClass().getSimpleName(), true);
    }
  }

  private Exhausted exhausted(Delivery delivery, Attempt.Refused refused, Duration pause) {
    if (!refused.retriable()) {
      return Exhausted.AT_ONCE;
    }
    if (delivery.failures() >= delivery.mostRetries()) {
      return Exhausted.ATTEMPTS;
    }
    Instant next = settings.clock().instant().plus(pause);
    return next.isAfter(delivery.end()) ? Exhausted.AGE : Exhausted.NO;
  }

  private void giveUp(Delivery delivery, Attempt.Refused refused, Exhausted exhausted)
      throws InterruptedException {
    if (!deadLetters.keep(delivery, refused, exhausted)) {
      if (closed) {
        return;
      }
      lost.incrementAndGet();
      tell(delivery, refused.code() + ", and no dead-letter queue took it");
    }
    open.remove(delivery.key());
  }

  private void tell(Delivery delivery, String what) {
    settings
        .log()
        .accept(
            "An event of "
                + delivery.ruleArn()
                + " did not reach "
                + delivery.targetArn()
                + ": "
                + what);
  }

  @Override
  public void close() {
    closed = true;
    threads.shutdownNow();
  }
}
