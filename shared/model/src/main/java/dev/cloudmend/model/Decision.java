package dev.cloudmend.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the policy says of one incident.
 *
 * @param mode who has to agree
 * @param dryRun whether nothing may be written: the run's switch says so, or the rule
 * @param rule the name of the rule that decided
 * @param channels where the fix goes: {@link #LIVE}, {@link #PULL_REQUEST}, or both
 * @param notes why the mode is stricter than the rule's, where it is
 * @param configuration the hash of the configuration that decided, as {@code sha256:} and hex
 */
public record Decision(
    Mode mode,
    boolean dryRun,
    String rule,
    List<String> channels,
    List<String> notes,
    String configuration) {

  /** The channel to the resource itself. */
  public static final String LIVE = "live";

  /** The channel to where the resource is declared. */
  public static final String PULL_REQUEST = "pull_request";

  public Decision {
    channels = List.copyOf(channels);
    notes = List.copyOf(notes);
  }

  /** Whether the resource itself is to be mended. */
  public boolean goesLive() {
    return channels.contains(LIVE);
  }

  /** Whether the fix is to be proposed where the resource is declared. */
  public boolean goesToSource() {
    return channels.contains(PULL_REQUEST);
  }

  /** Who has to agree to a change. */
  public enum Mode {
    automatic,
    guided,
    manual,
    ignore
  }

  /**
   * Reads a decision; one that was recorded before there were notes and configurations has none.
   */
  @JsonCreator
  static Decision read(
      @JsonProperty("mode") Mode mode,
      @JsonProperty("dryRun") boolean dryRun,
      @JsonProperty("rule") String rule,
      @JsonProperty("channels") List<String> channels,
      @JsonProperty("notes") @Nullable List<String> notes,
      @JsonProperty("configuration") @Nullable String configuration) {
    return new Decision(
        mode,
        dryRun,
        rule,
        channels,
        notes == null ? List.of() : notes,
        configuration == null ? "" : configuration);
  }
}
