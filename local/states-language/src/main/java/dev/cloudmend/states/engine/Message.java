package dev.cloudmend.states.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What the thread of an execution is told from outside. */
public sealed interface Message {

  /** The clock has come to what was asked for. */
  record Woken() implements Message {}

  /** A handler has returned; either result or failure is there. */
  record TaskEnded(long attempt, @Nullable JsonNode result, @Nullable TaskError failure, Instant at)
      implements Message {}

  /** Error name and cause of a failed task; either may be absent. */
  record TaskError(@Nullable String error, @Nullable String cause) {}

  /** Somebody answers for a task token. */
  sealed interface Answer extends Message {

    String token();

    /** Completed with whether the token was one that the execution waits for. */
    CompletableFuture<Boolean> accepted();
  }

  /** The task is done. */
  record Success(String token, JsonNode output, CompletableFuture<Boolean> accepted)
      implements Answer {}

  /** The task failed. */
  record Refusal(String token, TaskError failure, CompletableFuture<Boolean> accepted)
      implements Answer {}

  /** The task is still at work. */
  record Heartbeat(String token, CompletableFuture<Boolean> accepted) implements Answer {}

  /** The execution is to end. */
  record Stop(TaskError reason, CompletableFuture<Boolean> accepted) implements Message {}

  /** Nothing but a look at the clock. */
  record Tick() implements Message {}
}
