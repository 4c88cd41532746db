package dev.cloudmend.endpoint.lambda;

import dev.cloudmend.endpoint.lambda.runtime.Bootstrap;
import dev.cloudmend.endpoint.spool.Spool;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a function's process is started with: a command line and its whole environment. Of this
 * process's own environment it gets the search path and what a platform needs to start programs,
 * nothing else.
 */
final class Surroundings {

  /** The classes of the bootstrap, which lie in a folder of their own for the function's JVM. */
  private static final List<String> CLASSES =
      List.of(
          "Bootstrap",
          "Bootstrap$Handler",
          "InvocationContext",
          "RuntimeApiClient",
          "RuntimeApiClient$Invocation");

  private static final List<String> INHERITED =
      List.of("PATH", "SystemRoot", "TEMP", "TMP", "TMPDIR");

  /** Of a function's memory the Java runtime of Lambda gives this much to the heap, in percent. */
  private static final int HEAP = 85;

  private final Path runtime;
  private final Path home;
  private final Path logs;

  Surroundings(Path data) {
    this.runtime = Spool.ownFolder(data.resolve("runtime"));
    this.home = Spool.ownFolder(data.resolve("home"));
    this.logs = Spool.ownFolder(data.resolve("logs"));
    copyBootstrap();
  }

  private void copyBootstrap() {
    String name = Bootstrap.class.getPackageName().replace('.', '/');
    try {
      Path folder = Files.createDirectories(runtime.resolve(name));
      for (String type : CLASSES) {
        try (InputStream in = Bootstrap.class.getResourceAsStream(type + ".class")) {
          if (in == null) {
            throw new IllegalStateException("The class " + type + " is missing");
          }
          Files.copy(in, folder.resolve(type + ".class"), StandardCopyOption.REPLACE_EXISTING);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The bootstrap cannot be written into " + runtime, e);
    }
  }

  /** The file that takes what a function's processes print. */
  Path log(FunctionName function) {
    return logs.resolve(function.name() + ".log");
  }

  List<String> command(FunctionConfiguration configuration, Path code) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + Math.max(32, configuration.memory() * HEAP / 100) + "m");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:+UseSerialGC");
    command.add("-Xshare:auto");
    command.add("-cp");
    command.add(classPath(code));
    command.add(Bootstrap.class.getName());
    command.add(configuration.handler());
    return command;
  }

  /** Libraries in the order of their names, as Lambda takes them. */
  private String classPath(Path code) throws IOException {
    List<String> entries = new ArrayList<>(List.of(runtime.toString(), code.toString()));
    Path libraries = code.resolve("lib");
    if (Files.isDirectory(libraries)) {
      try (Stream<Path> files = Files.list(libraries)) {
        files
            .map(Path::toString)
            .filter(file -> file.endsWith(".jar"))
            .sorted()
            .forEach(entries::add);
      }
    }
    return String.join(File.pathSeparator, entries);
  }

  Map<String, String> environment(
      FunctionConfiguration configuration,
      DeployedFunctions.Credentials credentials,
      URI endpoint,
      String runtimeApi,
      Path code) {
    FunctionName function = configuration.function();
    Map<String, String> variables = new HashMap<>();
    variables.put("LANG", "en_US.UTF-8");
    variables.put("TZ", ":UTC");
    variables.putAll(configuration.environment());
    for (String name : INHERITED) {
      String value = System.getenv(name);
      if (value != null) {
        variables.putIfAbsent(name, value);
      }
    }
    // A user's own AWS configuration must not lead a function out of the sandbox.
    variables.put("HOME", home.toString());
    variables.put("AWS_CONFIG_FILE", home.resolve("config").toString());
    variables.put("AWS_SHARED_CREDENTIALS_FILE", home.resolve("credentials").toString());
    variables.put("AWS_EC2_METADATA_DISABLED", "true");
    variables.put("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "false");
    variables.put("AWS_ENDPOINT_URL", endpoint.toString());
    variables.put("AWS_REGION", function.region());
    variables.put("AWS_DEFAULT_REGION", function.region());
    variables.put("AWS_ACCESS_KEY_ID", credentials.accessKey());
    variables.put("AWS_SECRET_ACCESS_KEY", credentials.secretKey());
    variables.put("AWS_SESSION_TOKEN", credentials.sessionToken());
    variables.put("AWS_EXECUTION_ENV", "AWS_Lambda_" + configuration.runtime());
    variables.put("AWS_LAMBDA_RUNTIME_API", runtimeApi);
    variables.put("AWS_LAMBDA_FUNCTION_NAME", function.name());
    variables.put("AWS_LAMBDA_FUNCTION_VERSION", configuration.version());
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(configuration.memory()));
    variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
    variables.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + function.name());
    variables.put("AWS_LAMBDA_LOG_STREAM_NAME", "[" + configuration.version() + "]" + runtimeApi);
    variables.put("LAMBDA_TASK_ROOT", code.toString());
    variables.put("LAMBDA_RUNTIME_DIR", runtime.toString());
    variables.put("_HANDLER", configuration.handler());
    return variables;
  }
}
