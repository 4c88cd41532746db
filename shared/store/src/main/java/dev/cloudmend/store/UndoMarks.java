package dev.cloudmend.store;

import dev.cloudmend.model.CanonicalJson;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What a person undid. It is not done again by itself for the same live state; a mark has no end of
 * its own.
 *
 * <p>The three parts of a mark's name are those of a {@link ClaimKey}.
 */
public final class UndoMarks {

  private final Table state;

  UndoMarks(Table state) {
    this.state = state;
  }

  /** Marks; the latest mark counts. */
  public void mark(String targetKey, String playbook, String fingerprint, UndoMark mark) {
    var item = new HashMap<>(key(targetKey, playbook, fingerprint));
    item.put("targetKey", Values.text(targetKey));
    item.put("playbook", Values.text(playbook));
    item.put("fingerprint", Values.text(fingerprint));
    item.put("by", Values.text(mark.by()));
    item.put("at", Values.time(mark.at()));
    item.put("incidentId", Values.text(mark.incidentId()));
    state.put(item);
  }

  public Optional<UndoMark> find(String targetKey, String playbook, String fingerprint) {
    return state
        .get("undo mark", key(targetKey, playbook, fingerprint))
        .map(item -> new UndoMark(item.text("by"), item.time("at"), item.text("incidentId")));
  }

  /** Takes the mark away, where there is one. */
  public void clear(String targetKey, String playbook, String fingerprint) {
    state.delete(key(targetKey, playbook, fingerprint));
  }

  private static Map<String, AttributeValue> key(
      String targetKey, String playbook, String fingerprint) {
    String all = String.join("\n", targetKey, playbook, fingerprint);
    return Values.key("undo#" + CanonicalJson.sha256(all), "undo");
  }
}
