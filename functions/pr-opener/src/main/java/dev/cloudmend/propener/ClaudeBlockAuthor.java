package dev.cloudmend.propener;

import dev.cloudmend.claude.AskLimits;
import dev.cloudmend.claude.Claude;
import dev.cloudmend.claude.Claude.Reply;
import dev.cloudmend.claude.Prompt;
import dev.cloudmend.claude.redaction.RedactionException;
import dev.cloudmend.claude.redaction.Secrets;
import dev.cloudmend.model.Diagnosis.ModelCall;
import dev.cloudmend.sourcefixes.Authoring;
import dev.cloudmend.sourcefixes.BlockAuthor;
import dev.cloudmend.sourcefixes.BlockProposal;
import dev.cloudmend.sourcefixes.BlockQuestion;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Consumer;

/** Has Claude on Amazon Bedrock write the text of a block. Off unless it is configured. */
final class ClaudeBlockAuthor implements BlockAuthor, AutoCloseable {

  /**
   * Within the 120 seconds of the function, with room for GitHub. At some 60 tokens a second the
   * longest block takes 50 seconds to write, an ordinary one 10.
   */
  static final AskLimits LIMITS =
      new AskLimits(
          Duration.ofSeconds(70),
          Duration.ofSeconds(60),
          Duration.ofSeconds(3),
          3,
          Duration.ofSeconds(2));

  private static final int MOST_KEPT = 50;

  private final Claude claude;
  private final boolean redactNames;
  private final Consumer<ModelCall> asked;

  /** So that what is tried again proposes the same text, and is not paid for again. */
  private final LinkedHashMap<String, Answer> kept = new LinkedHashMap<>();

  /**
   * Makes the author; the client ends with it.
   *
   * @param claude opened with {@link #LIMITS}
   * @param redactNames whether names of buckets and hosts are kept from Claude too
   * @param asked told what each question took, also one that was not answered
   */
  ClaudeBlockAuthor(Claude claude, boolean redactNames, Consumer<ModelCall> asked) {
    this.claude = claude;
    this.redactNames = redactNames;
    this.asked = asked;
  }

  /** For a proposer, with what tells a secret. */
  Authoring authoring() {
    return new Authoring(this, Secrets::isIn);
  }

  @Override
  public synchronized Answer write(BlockQuestion question) {
    Optional<Prompt<BlockAnswer>> prompt;
    try {
      prompt = BlockPrompt.of(question, redactNames);
    } catch (RuntimeException e) {
      // Other messages may hold what was to be kept from Claude.
      return new Answer.None(
          e instanceof RedactionException
              ? "nothing was sent: " + e.getMessage()
              : "the prompt could not be made (" + e.getClass().getSimpleName() + ")");
    }
    if (prompt.isEmpty()) {
      return new Answer.None("nothing was sent: the block holds what looks like a secret");
    }
    String hash = prompt.get().question(claude.model());
    Answer known = kept.get(hash);
    return known == null ? ask(prompt.get(), hash) : known;
  }

  @Override
  public void close() {
    claude.close();
  }

  private Answer ask(Prompt<BlockAnswer> prompt, String hash) {
    return switch (claude.ask(prompt)) {
      case Reply.Unusable<BlockAnswer> unusable -> {
        asked.accept(unusable.call());
        yield new Answer.None(unusable.reason());
      }
      case Reply.Answered<BlockAnswer> answered -> {
        asked.accept(answered.call());
        Answer answer = answer(answered.answer());
        while (kept.size() >= MOST_KEPT) {
          kept.pollFirstEntry();
        }
        kept.put(hash, answer);
        yield answer;
      }
    };
  }

  private Answer answer(BlockAnswer answer) {
    return answer
        .text()
        .<Answer>map(
            text ->
                new Answer.Written(new BlockProposal(text, claude.model(), answer.explanation())))
        .orElseGet(() -> new Answer.None("Claude writes none: " + answer.explanation()));
  }
}
