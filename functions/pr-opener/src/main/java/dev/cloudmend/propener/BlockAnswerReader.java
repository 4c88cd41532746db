package dev.cloudmend.propener;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.claude.AnswerReader;
import dev.cloudmend.claude.AnswerText;
import dev.cloudmend.claude.Prompt;
import dev.cloudmend.claude.ToolSchema;
import dev.cloudmend.claude.UnusableAnswerException;
import dev.cloudmend.claude.redaction.Kind;
import dev.cloudmend.claude.redaction.Redaction;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.stream.Collectors;

/** Reads the input of the tool; of a new block it only makes sure that all values come back. */
final class BlockAnswerReader implements AnswerReader<BlockAnswer> {

  private final ToolSchema schema;
  private final String target;
  private final Set<String> placeholders;
  private final Redaction redaction;

  /**
   * @param target the one target that the answer may name, redacted as it was sent
   * @param block the block, redacted as it was sent
   */
  BlockAnswerReader(Prompt.Tool tool, String target, String block, Redaction redaction) {
    this.schema = new ToolSchema(tool);
    this.target = target;
    this.placeholders = placeholders(block);
    this.redaction = redaction;
  }

  @Override
  public BlockAnswer read(JsonNode input) {
    schema.check(input);
    if (!input.path("target").textValue().equals(target)) {
      throw new UnusableAnswerException(
          "the answer is about another target than the one asked for");
    }
    return new BlockAnswer(
        Optional.ofNullable(input.path("block").textValue()).map(this::restored),
        new AnswerText(redaction)
            .shown(
                input.path("explanation").textValue(),
                "explanation",
                BlockPrompt.LONGEST_EXPLANATION));
  }

  private String restored(String block) {
    Set<String> found = placeholders(block);
    if (!placeholders.containsAll(found)) {
      throw new UnusableAnswerException("the answer's block has a placeholder that was not sent");
    }
    if (!found.containsAll(placeholders)) {
      throw new UnusableAnswerException("the answer's block lacks a placeholder that was sent");
    }
    return redaction.restore(block);
  }

  private static Set<String> placeholders(String text) {
    return Kind.PLACEHOLDER
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toSet());
  }
}
