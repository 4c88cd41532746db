package dev.cloudmend.playbooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Assessment;
import dev.cloudmend.model.CanonicalJson;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Reversibility;
import dev.cloudmend.model.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The way back of a change, as a change of its own. */
public final class Undo {

  private static final int MOST_DIFFERENCES = 10;
  private static final int LONGEST_VALUE = 160;

  private Undo() {}

  /**
   * Plans the way back of a change whose whole state is written at once.
   *
   * @param applied the change to take back
   * @param observed the live state in the form of the change's {@code before} and {@code after}
   * @return {@code Violating} with the undo when the live state is what the change left, {@code
   *     Compliant} when it is what undo leads to, else {@code Blocked} with the differences
   */
  public static Assessment plan(Change applied, JsonNode observed) {
    if (applied.reversibility() == Reversibility.NONE) {
      return new Assessment.Blocked("'" + applied.summary() + "' has no way back");
    }
    if (same(observed, applied.after())) {
      return new Assessment.Violating(
          change(
              applied,
              applied.after(),
              applied.stateAfterUndo(),
              applied.undo(),
              applied.apply(),
              applied.reversibility()));
    }
    if (same(observed, applied.stateAfterUndo())) {
      return new Assessment.Compliant();
    }
    return new Assessment.Blocked(
        "the live state is no longer what the change left: "
            + differences(applied.after(), observed));
  }

  /**
   * The undo of a change, which a person can tell from the change itself.
   *
   * @param applied the change that is taken back
   * @param before the live state that the undo starts from
   * @param after the state that it leads to
   * @param apply the calls that take the change back
   * @param undo the calls that make the change again
   * @param reversibility how well {@code undo} restores {@code before}
   */
  public static Change change(
      Change applied,
      JsonNode before,
      JsonNode after,
      List<ApiCall> apply,
      List<ApiCall> undo,
      Reversibility reversibility) {
    return new Change(
        applied.target(),
        applied.playbook(),
        applied.playbookVersion(),
        before,
        after,
        apply,
        undo,
        reversibility,
        null,
        "Take back: " + applied.summary(),
        List.of("The finding that this change answered will be true again."),
        Json.object().put("takesBack", applied.hash()));
  }

  private static boolean same(JsonNode one, JsonNode other) {
    return CanonicalJson.of(one).equals(CanonicalJson.of(other));
  }

  private static String differences(JsonNode expected, JsonNode found) {
    var all = new ArrayList<String>();
    collect("", expected, found, all);
    String shown = String.join("; ", all.subList(0, Math.min(all.size(), MOST_DIFFERENCES)));
    int more = all.size() - MOST_DIFFERENCES;
    return more > 0 ? shown + "; and " + more + " more" : shown;
  }

  private static void collect(String path, JsonNode expected, JsonNode found, List<String> into) {
    if (same(expected, found)) {
      return;
    }
    if (expected instanceof ObjectNode && found instanceof ObjectNode) {
      var names = new TreeSet<String>();
      expected.fieldNames().forEachRemaining(names::add);
      found.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        collect(path + "/" + name, member(expected, name), member(found, name), into);
      }
      return;
    }
    into.add(
        (path.isEmpty() ? "" : path + " ")
            + "expected "
            + Text.shown(CanonicalJson.of(expected), LONGEST_VALUE)
            + ", found "
            + Text.shown(CanonicalJson.of(found), LONGEST_VALUE));
  }

  private static JsonNode member(JsonNode object, String name) {
    JsonNode member = object.get(name);
    return member == null ? NullNode.getInstance() : member;
  }
}
