package dev.cloudmend.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.emulators.EmulatorKind;
import dev.cloudmend.emulators.EmulatorSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;

/** An endpoint on moto whose functions are Java and whose events are kept. */
public final class Sandbox implements AutoCloseable {

  /** What a function does. */
  public interface Code {
    FunctionCaller.Result run(JsonNode payload) throws InterruptedException;
  }

  public final Map<String, Code> functions = new ConcurrentHashMap<>();
  public final Queue<ObjectNode> events = new ConcurrentLinkedQueue<>();

  private final AwsEndpoint endpoint;

  private Sandbox(Path data, Path state, List<AnsweredHere> answered, List<Watching> watching) {
    var settings =
        new AwsEndpoint.Settings(
            0,
            data,
            EmulatorKind.MOTO,
            EmulatorSettings.ofUser().withStateFolder(state).withProgress(line -> {}));
    endpoint =
        AwsEndpoint.start(
            settings,
            surroundings ->
                new AwsEndpoint.Services(
                    this::invoke, events::add, answered, watching, () -> {}, List.of()));
  }

  public static Sandbox start(Path folder) {
    return start(folder, List.of(), List.of());
  }

  public static Sandbox start(Path folder, List<AnsweredHere> answered, List<Watching> watching) {
    return new Sandbox(folder.resolve("data"), folder.resolve("state"), answered, watching);
  }

  private FunctionCaller.Result invoke(String function, JsonNode payload)
      throws InterruptedException {
    return Optional.ofNullable(functions.get(function))
        .orElseThrow(
            () ->
                new ServiceException(
                    404, "ResourceNotFoundException", "Function not found: " + function))
        .run(payload);
  }

  /** A function that answers. */
  public static Code answering(Function<JsonNode, JsonNode> code) {
    return payload -> new FunctionCaller.Result("$LATEST", Optional.empty(), code.apply(payload));
  }

  public URI uri() {
    return endpoint.endpoint();
  }

  public AwsEndpoint endpoint() {
    return endpoint;
  }

  /** A client of this endpoint in us-east-1. */
  public <C, B extends AwsClientBuilder<B, C>> C client(Supplier<B> builder) {
    return client(builder, "AKIAEXAMPLE");
  }

  public <C, B extends AwsClientBuilder<B, C>> C client(Supplier<B> builder, String accessKey) {
    return builder
        .get()
        .endpointOverride(uri())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, "secret")))
        .overrideConfiguration(configuration -> configuration.retryStrategy(r -> r.maxAttempts(1)))
        .build();
  }

  @Override
  public void close() {
    endpoint.close();
  }
}
