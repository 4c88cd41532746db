package dev.cloudmend.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a reviewer is told of an incident. It explains; it decides nothing but how careful the
 * policy is, by its confidence, and what else is looked at, by its suggestion.
 *
 * <p>Texts by Claude are hostile, because they may repeat what stands in an event: they are
 * bounded, and made harmless where they are shown.
 *
 * @param origin who wrote it
 * @param rootCause what is wrong, and how it came to be where that is known
 * @param impact what it may lead to
 * @param explanation what the fix does, for the reviewer who has to agree to it
 * @param couldBreak what the fix could break
 * @param needs what else is needed that the fix does not do
 * @param confidence how sure the author is that the finding is true and the fix right
 * @param confidenceReasons why
 * @param suggestedPlaybook the id of a playbook to look with, only of a finding that none answers
 *     to
 * @param reason why this is not Claude's although Claude was to be asked
 * @param call how Claude was asked, also where its answer could not be used
 */
public record Diagnosis(
    Origin origin,
    String rootCause,
    String impact,
    String explanation,
    List<String> couldBreak,
    List<String> needs,
    Confidence confidence,
    List<String> confidenceReasons,
    @Nullable String suggestedPlaybook,
    @Nullable String reason,
    @Nullable ModelCall call) {

  public Diagnosis {
    couldBreak = List.copyOf(couldBreak);
    needs = List.copyOf(needs);
    confidenceReasons = List.copyOf(confidenceReasons);
  }

  /** Who wrote a diagnosis. */
  public enum Origin {
    CLAUDE,
    PLAYBOOK
  }

  /** How sure the author of a diagnosis is. What is of low confidence is never automatic. */
  public enum Confidence {
    high,
    medium,
    low
  }

  /** The same, with why Claude's is not there and how Claude was asked. */
  public Diagnosis inPlaceOfClaude(String reason, @Nullable ModelCall call) {
    return new Diagnosis(
        origin,
        rootCause,
        impact,
        explanation,
        couldBreak,
        needs,
        confidence,
        confidenceReasons,
        suggestedPlaybook,
        reason,
        call);
  }

  /**
   * A question to Claude and what it took.
   *
   * @param model the model id or inference profile
   * @param promptVersion the version of the prompt's fixed part
   * @param question a hash of everything that was sent: the same question has the same
   * @param attempts how often it was sent, retries included
   * @param millis from the first attempt to the answer, or to giving up
   * @param inputTokens tokens that were read anew; 0 where no answer came
   * @param outputTokens tokens of the answer
   * @param cacheReadTokens tokens of the prompt that were read from the cache
   * @param cacheWriteTokens tokens of the prompt that were written to the cache
   * @param stopReason why the model stopped, such as {@code tool_use}; absent where no answer came
   */
  public record ModelCall(
      String model,
      String promptVersion,
      String question,
      int attempts,
      long millis,
      int inputTokens,
      int outputTokens,
      int cacheReadTokens,
      int cacheWriteTokens,
      @Nullable String stopReason) {}

  @JsonCreator
  static Diagnosis read(
      @JsonProperty("origin") Origin origin,
      @JsonProperty("rootCause") String rootCause,
      @JsonProperty("impact") String impact,
      @JsonProperty("explanation") String explanation,
      @JsonProperty("couldBreak") @Nullable List<String> couldBreak,
      @JsonProperty("needs") @Nullable List<String> needs,
      @JsonProperty("confidence") Confidence confidence,
      @JsonProperty("confidenceReasons") @Nullable List<String> confidenceReasons,
      @JsonProperty("suggestedPlaybook") @Nullable String suggestedPlaybook,
      @JsonProperty("reason") @Nullable String reason,
      @JsonProperty("call") @Nullable ModelCall call) {
    return new Diagnosis(
        origin,
        rootCause,
        impact,
        explanation,
        couldBreak == null ? List.of() : couldBreak,
        needs == null ? List.of() : needs,
        confidence,
        confidenceReasons == null ? List.of() : confidenceReasons,
        suggestedPlaybook,
        reason,
        call);
  }
}
