package dev.cloudmend.endpoint.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.endpoint.ServiceException;
import dev.cloudmend.endpoint.Upstream;
import dev.cloudmend.model.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import software.amazon.event.ruler.Machine;

/** The rules of each bus with their targets, as the emulator has them. */
final class Rules {

  private static final Set<String> ENABLED =
      Set.of("ENABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS");

  private final Upstream upstream;
  private final Consumer<String> log;
  private final Map<Bus, Loaded> known = new ConcurrentHashMap<>();
  private final AtomicLong generation = new AtomicLong();

  Rules(Upstream upstream, Consumer<String> log) {
    this.upstream = upstream;
    this.log = log;
  }

  /** A bus with its enabled rules. */
  private record Loaded(Machine machine, Map<String, Rule> rules) {}

  /** Forgets everything: something was written. */
  void forget() {
    generation.incrementAndGet();
    known.clear();
  }

  /**
   * The rules that an event matches, in the order of their names.
   *
   * @throws ServiceException when the emulator does not tell them
   */
  List<Rule> matching(Bus bus, ObjectNode event) {
    Loaded loaded = load(bus);
    try {
      List<Rule> matching = new ArrayList<>();
      for (String name : new TreeSet<>(loaded.machine().rulesForJSONEvent(event.toString()))) {
        Rule rule = loaded.rules().get(name);
        if (rule != null) {
          matching.add(rule);
        }
      }
      return matching;
    } catch (Exception e) {
      throw new IllegalStateException("An event cannot be matched", e);
    }
  }

  /**
   * The rules with a schedule.
   *
   * @throws ServiceException when the emulator does not tell them
   */
  List<Rule> scheduled(Bus bus) {
    return load(bus).rules().values().stream().filter(rule -> !rule.schedule().isEmpty()).toList();
  }

  private Loaded load(Bus bus) {
    Loaded cached = known.get(bus);
    if (cached != null) {
      return cached;
    }
    long before = generation.get();
    Loaded loaded = read(bus);
    known.put(bus, loaded);
    // A write may have come between the reading and the keeping.
    if (generation.get() != before) {
      known.remove(bus);
    }
    return loaded;
  }

  private Loaded read(Bus bus) {
    Upstream.Caller caller = upstream.callerOf(bus.account(), bus.region());
    var machine = Machine.builder().build();
    var rules = new HashMap<String, Rule>();
    List<ObjectNode> deployed;
    try {
      deployed = pages(caller, "ListRules", "Rules", Json.object().put("EventBusName", bus.name()));
    } catch (ServiceException e) {
      if (e.code().equals("ResourceNotFoundException")) {
        log.accept("There is no event bus " + bus.name() + "; events for it reach nobody");
        return new Loaded(machine, Map.of());
      }
      throw e;
    }
    for (ObjectNode description : deployed) {
      // Rules that AWS keeps for itself, such as an archive's, have targets that are not ours.
      if (ENABLED.contains(description.path("State").asText())
          && description.path("ManagedBy").asText("").isEmpty()) {
        Rule rule = rule(caller, bus, description);
        if (add(machine, rule)) {
          rules.put(rule.name(), rule);
        }
      }
    }
    return new Loaded(machine, Map.copyOf(rules));
  }

  private boolean add(Machine machine, Rule rule) {
    if (rule.pattern().isEmpty()) {
      return true;
    }
    try {
      machine.addRule(rule.name(), rule.pattern());
      return true;
    } catch (IOException | IllegalArgumentException e) {
      log.accept("The pattern of " + rule.arn() + " is not valid; the rule matches nothing");
      return false;
    }
  }

  private Rule rule(Upstream.Caller caller, Bus bus, ObjectNode description) {
    String name = description.path("Name").asText();
    return new Rule(
        name,
        description.path("Arn").asText(),
        description.path("EventPattern").asText(""),
        description.path("ScheduleExpression").asText(""),
        pages(
            caller,
            "ListTargetsByRule",
            "Targets",
            Json.object().put("Rule", name).put("EventBusName", bus.name())));
  }

  private List<ObjectNode> pages(
      Upstream.Caller caller, String operation, String member, ObjectNode parameters) {
    var items = new ArrayList<ObjectNode>();
    String token = "";
    do {
      ObjectNode page =
          upstream.call(
              caller,
              "events",
              operation,
              token.isEmpty() ? parameters : parameters.deepCopy().put("NextToken", token));
      for (JsonNode item : page.path(member)) {
        if (item instanceof ObjectNode object) {
          items.add(object);
        }
      }
      token = page.path("NextToken").asText("");
    } while (!token.isEmpty() && !token.equals("null"));
    return items;
  }
}
