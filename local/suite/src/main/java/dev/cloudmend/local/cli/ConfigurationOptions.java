package dev.cloudmend.local.cli;

import dev.cloudmend.configuration.Configuration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that asks the policy or aims at baselines. */
final class ConfigurationOptions {

  private static final Path DEFAULT = Path.of("cloudmend.yaml");

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "The configuration. Default: the environment's CLOUDMEND_CONFIG, else cloudmend.yaml in the current folder where there is one, else the built-in configuration.")
  private @Nullable Path file;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "A policy file in place of the configuration's policy.")
  private @Nullable Path policyFile;

  /** The configuration file, where there is one. */
  Optional<Path> file() {
    return Optional.ofNullable(file)
        .or(
            () ->
                Optional.ofNullable(System.getenv("CLOUDMEND_CONFIG"))
                    .filter(name -> !name.isBlank())
                    .map(Path::of))
        .or(() -> Optional.of(DEFAULT).filter(Files::exists));
  }

  Optional<Path> policyFile() {
    return Optional.ofNullable(policyFile);
  }

  /**
   * Reads both files.
   *
   * @throws dev.cloudmend.configuration.ConfigurationException with every problem of both
   */
  Configuration read() {
    return Configuration.read(file(), policyFile());
  }
}
