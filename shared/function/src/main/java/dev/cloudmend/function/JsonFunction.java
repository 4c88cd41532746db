package dev.cloudmend.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.Environment;
import io.micronaut.context.exceptions.BeanInstantiationException;
import io.micronaut.function.aws.MicronautLambdaContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;

/**
 * A Lambda function that takes and returns one JSON document.
 *
 * <p>A function's handler names its types and its core; the core is a bean, made once when the
 * function starts.
 *
 * @param <I> the input
 * @param <O> the output
 */
public abstract class JsonFunction<I, O> implements RequestStreamHandler, AutoCloseable {

  private final Class<I> inputType;
  private final ApplicationContext beans;

  /**
   * Starts the function's beans.
   *
   * @param inputType what the input is read as
   * @param settings settings that win over the environment's, by property name ({@code
   *     cloudmend.live})
   */
  protected JsonFunction(Class<I> inputType, Map<String, Object> settings) {
    this.inputType = inputType;
    // Micronaut's own builder for Lambda makes every singleton on the class path at once. A
    // function
    // needs its own alone, and asks for it when it is made, so that a snapshot holds it.
    this.beans =
        ApplicationContext.builder()
            .environments(Environment.FUNCTION, MicronautLambdaContext.ENVIRONMENT_LAMBDA)
            .deduceEnvironment(false)
            .banner(false)
            .properties(settings)
            .build()
            .start();
  }

  /**
   * The bean of a type; the function's core among them.
   *
   * @throws ModelException when a setting is not valid
   */
  protected final <T> T bean(Class<T> type) {
    try {
      return beans.getBean(type);
    } catch (BeanInstantiationException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof ModelException invalid) {
          // The beans that led to the setting say nothing to whoever has to mend it.
          throw invalid;
        }
      }
      throw e;
    }
  }

  /** What the function does. */
  protected abstract O handle(I input);

  /** What log lines of this input are found by: the incident's or the event's id. */
  protected abstract String correlationOf(I input);

  @Override
  public final void handleRequest(InputStream in, OutputStream out, Context context)
      throws IOException {
    String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    I input = Json.fromTree(Json.parse(text), inputType);
    O output =
        PowertoolsLogging.withLogging(
            context,
            () -> {
              MDC.put("correlation_id", correlationOf(input));
              try {
                return handle(input);
              } finally {
                MDC.remove("correlation_id");
              }
            });
    out.write(Json.write(output).getBytes(StandardCharsets.UTF_8));
  }

  /** Stops the beans. */
  @Override
  public final void close() {
    beans.close();
  }

  /** For cores: a value that the state machine has to have put there. */
  public static <T> T required(@Nullable T value, String name) {
    if (value == null) {
      throw new ModelException("the state has no '" + name + "'");
    }
    return value;
  }
}
