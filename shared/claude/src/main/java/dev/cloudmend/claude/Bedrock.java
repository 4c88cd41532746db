package dev.cloudmend.claude;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Where Claude is asked.
 *
 * @param region the region whose Bedrock is asked
 * @param profile a named profile of the shared AWS configuration
 * @param endpoint a server to ask instead of AWS; then dummy credentials do where there are none
 * @param configuredModel the id of a model or inference profile; absent = Claude Sonnet 4.5 through
 *     the profile that fits the region
 */
public record Bedrock(
    String region,
    Optional<String> profile,
    Optional<URI> endpoint,
    Optional<String> configuredModel) {

  /** The id that is asked with. */
  public String model() {
    return ModelIds.of(configuredModel, region);
  }

  /** Opens a client for answers as long as a diagnosis. */
  public Claude open() {
    return open(AskLimits.STANDARD);
  }

  /** Opens a client that waits for answers of another length. */
  public Claude open(AskLimits limits) {
    return open(limits, System::nanoTime);
  }

  /**
   * Opens a client with a clock of its own.
   *
   * @param nanos a clock such as {@link System#nanoTime}; answers are timed by it
   */
  public Claude open(AskLimits limits, LongSupplier nanos) {
    return new Claude(BedrockClients.open(this, limits), limits.total(), model(), nanos);
  }

  /** The body of the request that a prompt would be sent in, as it goes over the wire. */
  public JsonNode body(Prompt<?> prompt) {
    return WireBody.of(Claude.request(model(), prompt));
  }
}
