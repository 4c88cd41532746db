package dev.cloudmend.endpoint.lambda;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * How functions are run.
 *
 * @param data the folder for code, logs and accepted invocations
 * @param endpoint where functions find AWS: this endpoint itself; asked when a process starts
 * @param idle after which a process that nobody calls ends
 * @param retries the pauses before an asynchronous invocation that failed is tried again
 * @param log is told, in one line, what went wrong where no caller hears of it
 */
public record LambdaSettings(
    Path data,
    Supplier<URI> endpoint,
    Duration idle,
    List<Duration> retries,
    Consumer<String> log) {

  private static final Duration IDLE = Duration.ofMinutes(10);

  public LambdaSettings {
    retries = List.copyOf(retries);
  }

  /** Ends idle processes after ten minutes; tries again after one minute and after two, as AWS. */
  public static LambdaSettings of(Path data, Supplier<URI> endpoint, Consumer<String> log) {
    return new LambdaSettings(
        data, endpoint, IDLE, List.of(Duration.ofMinutes(1), Duration.ofMinutes(2)), log);
  }
}
