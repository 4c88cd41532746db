package dev.cloudmend.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fix, as data: what is there, what will be there, the calls that lead from the one to the other
 * and the calls that lead back. A playbook returns it, a person or a policy agrees to its {@link
 * #hash()}, and the remediator executes it.
 *
 * <p>The hash covers everything up to {@code afterUndo}; {@code summary}, {@code warnings} and
 * {@code evidence} are there to be read and may differ between two plans of the same change.
 *
 * @param target what is changed
 * @param playbook the id of the playbook that planned it
 * @param playbookVersion that playbook's version
 * @param before only what the fix writes or depends on, lists sorted; JSON null when there is
 *     nothing yet
 * @param after the same part of the state, once the calls are done
 * @param apply the calls, in order
 * @param undo the calls that take it back, in order; where there are as many as in {@code apply},
 *     the last takes back the first
 * @param reversibility how well {@code undo} restores {@code before}
 * @param afterUndo the state after undo where it is not {@code before}
 * @param summary one sentence for a person
 * @param warnings what a reviewer should know
 * @param evidence what the plan rests on and does not depend on: dates, last use
 */
@JsonPropertyOrder({"hash", "target", "playbook", "playbookVersion", "summary"})
public record Change(
    Target target,
    String playbook,
    String playbookVersion,
    JsonNode before,
    JsonNode after,
    List<ApiCall> apply,
    List<ApiCall> undo,
    Reversibility reversibility,
    @Nullable JsonNode afterUndo,
    String summary,
    List<String> warnings,
    JsonNode evidence) {

  public Change {
    before = before.deepCopy();
    after = after.deepCopy();
    apply = List.copyOf(apply);
    undo = List.copyOf(undo);
    warnings = List.copyOf(warnings);
    if (reversibility == Reversibility.NONE && !undo.isEmpty()) {
      throw new ModelException("a change that cannot be undone has undo calls");
    }
  }

  /** {@code sha256:} and hex, over the canonical JSON of the hashed part. */
  @JsonProperty("hash")
  public String hash() {
    ObjectNode hashed =
        (ObjectNode)
            Json.toTree(
                new Hashed(
                    target,
                    playbook,
                    playbookVersion,
                    before,
                    after,
                    apply,
                    undo,
                    reversibility,
                    afterUndo));
    return CanonicalJson.hash(hashed);
  }

  /** The state that undo leads to. */
  public JsonNode stateAfterUndo() {
    return afterUndo == null ? before : afterUndo;
  }

  /**
   * A hash of the live state that the change was planned from; what claims and undo marks are kept
   * for.
   */
  public String fingerprint() {
    return CanonicalJson.hash(before);
  }

  /**
   * Reads a change. JSON null and an absent {@code before} or {@code after} are the same.
   *
   * @throws ModelException when the document's hash is not that of its content
   */
  @JsonCreator
  static Change read(
      @JsonProperty("hash") @Nullable String hash,
      @JsonProperty("target") Target target,
      @JsonProperty("playbook") String playbook,
      @JsonProperty("playbookVersion") String playbookVersion,
      @JsonProperty("before") @Nullable JsonNode before,
      @JsonProperty("after") @Nullable JsonNode after,
      @JsonProperty("apply") List<ApiCall> apply,
      @JsonProperty("undo") List<ApiCall> undo,
      @JsonProperty("reversibility") Reversibility reversibility,
      @JsonProperty("afterUndo") @Nullable JsonNode afterUndo,
      @JsonProperty("summary") String summary,
      @JsonProperty("warnings") List<String> warnings,
      @JsonProperty("evidence") @Nullable JsonNode evidence) {
    var change =
        new Change(
            target,
            playbook,
            playbookVersion,
            orNull(before),
            orNull(after),
            apply,
            undo,
            reversibility,
            afterUndo == null || afterUndo.isMissingNode() || afterUndo.isNull() ? null : afterUndo,
            summary,
            warnings,
            orNull(evidence));
    if (hash != null && !hash.equals(change.hash())) {
      throw new ModelException(
          "the change says hash " + hash + " but its content has " + change.hash());
    }
    return change;
  }

  private static JsonNode orNull(@Nullable JsonNode node) {
    return node == null || node.isMissingNode() ? NullNode.getInstance() : node;
  }

  private record Hashed(
      Target target,
      String playbook,
      String playbookVersion,
      JsonNode before,
      JsonNode after,
      List<ApiCall> apply,
      List<ApiCall> undo,
      Reversibility reversibility,
      @Nullable JsonNode afterUndo) {}
}
