package dev.cloudmend.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a person who started a run by hand asks for. An event that comes through EventBridge has
 * none of it.
 *
 * @param approve hashes of changes that the person agrees to
 * @param again whether to skip the claim, and the memory of an undo
 * @param by who it is; absent where nobody started it by hand
 */
public record RunOptions(List<String> approve, boolean again, @Nullable String by) {

  public static final RunOptions NONE = new RunOptions(List.of(), false, null);

  public RunOptions {
    approve = List.copyOf(approve);
  }

  /** Who stands behind what this run does, for the audit trail. */
  public String actor() {
    return by == null ? "cloudmend" : by;
  }

  @JsonCreator
  static RunOptions read(
      @JsonProperty("approve") @Nullable List<String> approve,
      @JsonProperty("again") boolean again,
      @JsonProperty("by") @Nullable String by) {
    return new RunOptions(approve == null ? List.of() : approve, again, by);
  }
}
