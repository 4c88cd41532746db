package dev.cloudmend.states.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.states.definition.Program;
import dev.cloudmend.states.definition.State;
import dev.cloudmend.states.paths.JsonData;
import java.time.Instant;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Branches as JSON and back. Only what rests can be kept: branches that await tokens or let time
 * pass, those that spread into such, and those that have ended.
 */
final class BranchCodec {

  private BranchCodec() {}

  static ObjectNode toJson(Branch branch) {
    ObjectNode node = JsonData.object();
    node.put("index", branch.index);
    node.put("lastEvent", branch.lastEvent);
    if (branch.item != null) {
      node.set("item", branch.item);
    }
    if (branch.output != null) {
      node.set("output", branch.output);
    }
    if (branch.frame != null) {
      node.set("frame", frame(branch.frame));
    }
    return node;
  }

  static Branch fromJson(JsonNode node, Program program, @Nullable Branch parent) {
    var branch = new Branch(program, parent, node.path("index").intValue(), node.get("item"));
    branch.lastEvent = node.path("lastEvent").longValue();
    branch.output = node.get("output");
    if (node.has("frame")) {
      branch.frame = frame(node.path("frame"), branch);
    }
    return branch;
  }

  private static ObjectNode frame(Branch.Frame frame) {
    ObjectNode node = JsonData.object();
    node.put("state", frame.state.name());
    node.set("input", frame.input);
    node.put("entered", frame.entered.toString());
    node.put("enteredEvent", frame.enteredEvent);
    ArrayNode attempts = node.putArray("attempts");
    for (int count : frame.attempts) {
      attempts.add(count);
    }
    switch (frame.activity) {
      case Activity.AwaitingToken(Activity.Call call) -> node.set("task", call(call));
      case Activity.Spread(Activity.Children children) -> node.set("children", children(children));
      case Activity.Ready ready -> throw resting();
      case Activity.Sleeping(Instant until, boolean retry) ->
          node.putObject("sleep").put("until", until.toString()).put("retry", retry);
      case Activity.Calling calling -> throw resting();
    }
    return node;
  }

  private static IllegalStateException resting() {
    return new IllegalStateException("only an execution that rests can be kept");
  }

  private static Branch.Frame frame(JsonNode node, Branch branch) {
    State state = branch.program.state(node.path("state").asText());
    var frame =
        new Branch.Frame(
            state,
            node.path("input"),
            Instant.parse(node.path("entered").asText()),
            node.path("enteredEvent").longValue());
    for (int i = 0; i < frame.attempts.length; i++) {
      frame.attempts[i] = node.path("attempts").path(i).intValue();
    }
    frame.activity = activity(node, state, branch);
    return frame;
  }

  private static Activity activity(JsonNode node, State state, Branch branch) {
    if (node.has("task")) {
      return new Activity.AwaitingToken(call(node.path("task")));
    }
    JsonNode sleep = node.path("sleep");
    if (sleep.isObject()) {
      return new Activity.Sleeping(
          Instant.parse(sleep.path("until").asText()), sleep.path("retry").booleanValue());
    }
    return new Activity.Spread(children(node.path("children"), state, branch));
  }

  private static ObjectNode call(Activity.Call call) {
    ObjectNode node = JsonData.object();
    node.put("token", call.token);
    node.put("heartbeatSeconds", call.heartbeatSeconds);
    if (call.deadline != null) {
      node.put("deadline", call.deadline.toString());
    }
    if (call.heartbeatDeadline != null) {
      node.put("heartbeatDeadline", call.heartbeatDeadline.toString());
    }
    return node;
  }

  private static Activity.Call call(JsonNode node) {
    var call =
        new Activity.Call(
            0,
            node.path("token").asText(),
            instant(node, "deadline"),
            node.path("heartbeatSeconds").intValue());
    call.heartbeatDeadline = instant(node, "heartbeatDeadline");
    return call;
  }

  private static @Nullable Instant instant(JsonNode node, String field) {
    return node.has(field) ? Instant.parse(node.path(field).asText()) : null;
  }

  private static ObjectNode children(Activity.Children children) {
    ObjectNode node = JsonData.object();
    node.set("effectiveInput", children.effectiveInput);
    node.set("items", children.items);
    node.put("concurrency", children.concurrency);
    node.put("total", children.total);
    node.put("startedEvent", children.startedEvent);
    node.put("ended", children.ended);
    ArrayNode branches = node.putArray("branches");
    children.branches.forEach(branch -> branches.add(toJson(branch)));
    return node;
  }

  private static Activity.Children children(JsonNode node, State state, Branch parent) {
    var children =
        new Activity.Children(
            new ArrayList<>(),
            node.path("effectiveInput"),
            (ArrayNode) node.path("items"),
            node.path("concurrency").intValue(),
            node.path("total").intValue(),
            node.path("startedEvent").longValue());
    children.ended = node.path("ended").intValue();
    for (JsonNode child : node.path("branches")) {
      children.branches.add(
          fromJson(child, FanOut.program(state, children.branches.size()), parent));
    }
    return children;
  }
}
