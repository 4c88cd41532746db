package dev.cloudmend.claude;

import dev.cloudmend.model.Diagnosis.ModelCall;
import dev.cloudmend.model.Text;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.CachePointBlock;
import software.amazon.awssdk.services.bedrockruntime.model.CachePointType;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;
import software.amazon.awssdk.services.bedrockruntime.model.Tool;
import software.amazon.awssdk.services.bedrockruntime.model.ToolChoice;
import software.amazon.awssdk.services.bedrockruntime.model.ToolConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.ToolInputSchema;
import software.amazon.awssdk.services.bedrockruntime.model.ToolUseBlock;

/**
 * Asks Claude on Amazon Bedrock, through Converse with a forced tool. Whatever goes wrong is a
 * reply, never an exception.
 *
 * @see <a href="https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html">
 *     Converse</a>
 */
public final class Claude implements AutoCloseable {

  private static final String TOOL_USE = "tool_use";
  private static final String END_TURN = "end_turn";

  /** The client's own time-out comes first where it holds; it says how often was tried. */
  private static final Duration GRACE = Duration.ofMillis(500);

  // An interrupt closes the socket that a virtual thread reads from. On other threads a server that
  // stops half-way, or sends a byte now and then, holds the client far beyond its time-outs.
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final BedrockRuntimeClient client;
  private final Duration deadline;
  private final String model;
  private final LongSupplier nanos;

  /**
   * What became of a question.
   *
   * @param <A> what the answer is read as
   */
  public sealed interface Reply<A> {

    /** An answer that can be used. */
    record Answered<A>(A answer, ModelCall call) implements Reply<A> {}

    /**
     * None that can be used.
     *
     * @param reason why; has neither the prompt's words nor the answer's
     */
    record Unusable<A>(String reason, ModelCall call) implements Reply<A> {}
  }

  /**
   * Makes the asker; the client ends with it.
   *
   * @param client one of {@link BedrockClients}
   * @param total how long a question may take with all its attempts
   * @param model the id of a model or inference profile
   * @param nanos a clock such as {@link System#nanoTime}
   */
  Claude(BedrockRuntimeClient client, Duration total, String model, LongSupplier nanos) {
    this.client = client;
    this.deadline = total.plus(GRACE);
    this.model = model;
    this.nanos = nanos;
  }

  /** The id that is asked with. */
  public String model() {
    return model;
  }

  /** Asks once; the client repeats what may pass. */
  public <A> Reply<A> ask(Prompt<A> prompt) {
    var attempts = new AtomicInteger();
    long start = nanos.getAsLong();
    try {
      ConverseResponse response = converse(counting(request(model, prompt), attempts));
      return reply(prompt, response, call(prompt, attempts.get(), start, Optional.of(response)));
    } catch (RuntimeException e) {
      ModelCall call = call(prompt, attempts.get(), start, Optional.empty());
      return new Reply.Unusable<>(new Failures(prompt).reason(e, call), call);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    client.close();
  }

  private ConverseResponse converse(ConverseRequest request) {
    Future<ConverseResponse> answer = threads.submit(() -> client.converse(request));
    try {
      return answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException thrown
          ? thrown
          : SdkClientException.create("asking failed", e.getCause());
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw ApiCallTimeoutException.create(deadline.toMillis());
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw AbortedException.create("interrupted", e);
    }
  }

  private static ConverseRequest counting(ConverseRequest request, AtomicInteger attempts) {
    return request.toBuilder()
        .overrideConfiguration(c -> c.putExecutionAttribute(CallWatch.ATTEMPTS, attempts))
        .build();
  }

  /** The request that asks a model. */
  static ConverseRequest request(String model, Prompt<?> prompt) {
    return ConverseRequest.builder()
        .modelId(model)
        .system(
            SystemContentBlock.fromText(prompt.system()),
            SystemContentBlock.fromCachePoint(
                CachePointBlock.builder().type(CachePointType.DEFAULT).build()))
        .messages(
            Message.builder()
                .role(ConversationRole.USER)
                .content(ContentBlock.fromText(prompt.user()))
                .build())
        .inferenceConfig(c -> c.temperature(0f).maxTokens(prompt.mostTokens()))
        .toolConfig(tool(prompt.tool()))
        .build();
  }

  private static ToolConfiguration tool(Prompt.Tool tool) {
    return ToolConfiguration.builder()
        .tools(
            Tool.fromToolSpec(
                t ->
                    t.name(tool.name())
                        .description(tool.description())
                        .inputSchema(ToolInputSchema.fromJson(Documents.of(tool.schema())))))
        .toolChoice(ToolChoice.fromTool(t -> t.name(tool.name())))
        .build();
  }

  private static <A> Reply<A> reply(Prompt<A> prompt, ConverseResponse response, ModelCall call) {
    List<ToolUseBlock> uses =
        Optional.ofNullable(response.output()).map(ConverseOutput::message).stream()
            .flatMap(message -> message.content().stream())
            .flatMap(block -> Optional.ofNullable(block.toolUse()).stream())
            .toList();
    Optional<String> unfit = unfit(prompt, response, uses);
    if (unfit.isPresent()) {
      return new Reply.Unusable<>(unfit.get(), call);
    }
    try {
      return new Reply.Answered<>(
          prompt.answers().read(Documents.toJson(uses.getFirst().input())), call);
    } catch (UnusableAnswerException e) {
      return new Reply.Unusable<>(String.valueOf(e.getMessage()), call);
    } catch (RuntimeException e) {
      return new Reply.Unusable<>(
          "the answer could not be read (" + e.getClass().getSimpleName() + ")", call);
    }
  }

  private static Optional<String> unfit(
      Prompt<?> prompt, ConverseResponse response, List<ToolUseBlock> uses) {
    String stop = Optional.ofNullable(response.stopReasonAsString()).orElse("");
    return switch (stop) {
      // A forced call may come with end_turn; it is told by its being there, and checked in full.
      case TOOL_USE, END_TURN -> {
        if (uses.isEmpty() && stop.equals(END_TURN)) {
          yield Optional.of("Claude answered in prose");
        }
        if (uses.size() != 1) {
          yield Optional.of("Claude called " + uses.size() + " tools in place of one");
        }
        if (!prompt.tool().name().equals(uses.getFirst().name())) {
          yield Optional.of("Claude called another tool than it was to");
        }
        yield uses.getFirst().input() == null
            ? Optional.of("Claude called the tool without an input")
            : Optional.empty();
      }
      case "" -> Optional.of("the answer was empty");
      case "max_tokens" -> Optional.of("the answer was cut off at the output limit");
      case "refusal" -> Optional.of("Claude declined to answer (refusal)");
      case "content_filtered" ->
          Optional.of("a content filter held the answer back (content_filtered)");
      case "guardrail_intervened" ->
          Optional.of("a guardrail held the answer back (guardrail_intervened)");
      default ->
          Optional.of(
              uses.isEmpty()
                  ? "Claude answered in prose"
                  : "Claude stopped for another reason than the tool (" + bounded(stop) + ")");
    };
  }

  private ModelCall call(
      Prompt<?> prompt, int attempts, long start, Optional<ConverseResponse> response) {
    Optional<TokenUsage> usage = response.map(ConverseResponse::usage);
    return new ModelCall(
        model,
        prompt.version(),
        prompt.question(model),
        attempts,
        Duration.ofNanos(nanos.getAsLong() - start).toMillis(),
        usage.map(TokenUsage::inputTokens).orElse(0),
        usage.map(TokenUsage::outputTokens).orElse(0),
        usage.map(TokenUsage::cacheReadInputTokens).orElse(0),
        usage.map(TokenUsage::cacheWriteInputTokens).orElse(0),
        response.map(ConverseResponse::stopReasonAsString).map(Claude::bounded).orElse(null));
  }

  private static String bounded(String stopReason) {
    return Text.shown(stopReason, 40);
  }
}
