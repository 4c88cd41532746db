package dev.cloudmend.endpoint.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.endpoint.ServiceException;
import dev.cloudmend.endpoint.spool.Spool;
import dev.cloudmend.model.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rules with a {@code rate(…)}: each fires as long as the endpoint runs, first one period after it
 * was seen. Rules with a {@code cron(…)} are not run; the log says so.
 */
final class Schedules {

  private static final Pattern RATE =
      Pattern.compile("rate\\(([1-9]\\d{0,5}) (minute|hour|day)s?\\)");

  private final Rules rules;
  private final Clock clock;
  private final Consumer<String> log;
  private final Fire fire;
  private final Spool spool;
  private final Set<Bus> buses = ConcurrentHashMap.newKeySet();
  private final Map<String, Instant> next = new HashMap<>();
  private final Set<String> told = new HashSet<>();

  /** Takes the event of a rule whose time has come. */
  interface Fire {
    void fire(AcceptedEvent event, Rule rule);
  }

  Schedules(Rules rules, EventSettings settings, Fire fire) {
    this.rules = rules;
    this.clock = settings.clock();
    this.log = settings.log();
    this.fire = fire;
    this.spool = new Spool(settings.data().resolve("schedules"));
    spool
        .all()
        .forEach(
            json ->
                buses.add(
                    new Bus(
                        json.path("account").asText(), json.path("region").asText(), Bus.DEFAULT)));
  }

  /** Remembers, also for the next process, where there are scheduled rules: on default buses. */
  void remember(String account, String region) {
    var bus = new Bus(account, region, Bus.DEFAULT);
    if (buses.add(bus)) {
      spool.keep(
          account + "\n" + region, Json.object().put("account", account).put("region", region));
    }
  }

  /** Fires what is due. Called again and again, by one thread. */
  void tick() {
    var seen = new HashSet<String>();
    for (Bus bus : buses) {
      try {
        for (Rule rule : rules.scheduled(bus)) {
          seen.add(key(rule));
          look(bus, rule);
        }
      } catch (ServiceException e) {
        // The emulator does not answer: nothing is forgotten, and the next tick asks again.
        return;
      }
    }
    next.keySet().retainAll(seen);
  }

  private static String key(Rule rule) {
    return rule.arn() + " " + rule.schedule();
  }

  private void look(Bus bus, Rule rule) {
    Optional<Duration> period = period(rule.schedule());
    if (period.isEmpty()) {
      if (told.add(key(rule))) {
        log.accept(rule.arn() + " is not run here: " + rule.schedule() + " is no rate");
      }
      return;
    }
    Instant now = clock.instant();
    Instant due = next.computeIfAbsent(key(rule), key -> now.plus(period.get()));
    if (!now.isBefore(due)) {
      next.put(key(rule), now.plus(period.get()));
      fire.fire(new AcceptedEvent(bus, event(bus, rule, now), now.toString(), false), rule);
    }
  }

  private static ObjectNode event(Bus bus, Rule rule, Instant now) {
    ObjectNode event = Json.object().put("version", "0").put("id", UUID.randomUUID().toString());
    event.put("detail-type", "Scheduled Event").put("source", "aws.events");
    event.put("account", bus.account());
    event.put("time", now.truncatedTo(ChronoUnit.SECONDS).toString());
    event.put("region", bus.region());
    event.putArray("resources").add(rule.arn());
    event.putObject("detail");
    return event;
  }

  private static Optional<Duration> period(String schedule) {
    Matcher matcher = RATE.matcher(schedule);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    ChronoUnit unit =
        switch (matcher.group(2)) {
          case "minute" -> ChronoUnit.MINUTES;
          case "hour" -> ChronoUnit.HOURS;
          default -> ChronoUnit.DAYS;
        };
    return Optional.of(Duration.of(Long.parseLong(matcher.group(1)), unit));
  }
}
