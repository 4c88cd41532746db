package dev.cloudmend.testing.functions;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process with Lambda's environment, since metrics go to the standard output of one. */
public final class LambdaProcess {

  private LambdaProcess() {}

  /**
   * Calls a handler in a process of its own, as Lambda makes it.
   *
   * @param settings by property name ({@code cloudmend.live}); they become its environment
   * @param inputs one call for each
   * @return the metrics that it wrote, in order (CloudWatch's embedded metric format)
   */
  public static List<JsonNode> metricsOf(
      Class<? extends RequestStreamHandler> handler,
      Map<String, Object> settings,
      List<String> inputs)
      throws IOException, InterruptedException {
    var command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            LambdaProcess.class.getName(),
            handler.getName());
    command.command().addAll(inputs);
    command.environment().put("AWS_LAMBDA_FUNCTION_NAME", handler.getSimpleName());
    settings.forEach(
        (name, value) ->
            command
                .environment()
                .put(name.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT), value.toString()));
    Process process = command.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
      throw new IllegalStateException(handler.getSimpleName() + " did not end well: " + out);
    }
    return out.lines().filter(line -> line.contains("_aws")).map(Json::parse).toList();
  }

  /**
   * What the process runs.
   *
   * @param arguments the handler's class and the inputs
   */
  public static void main(String[] arguments) throws Exception {
    RequestStreamHandler handler =
        Class.forName(arguments[0])
            .asSubclass(RequestStreamHandler.class)
            .getDeclaredConstructor()
            .newInstance();
    for (String input : List.of(arguments).subList(1, arguments.length)) {
      LambdaCall.call(handler, input);
    }
    if (handler instanceof AutoCloseable open) {
      open.close();
    }
  }
}
