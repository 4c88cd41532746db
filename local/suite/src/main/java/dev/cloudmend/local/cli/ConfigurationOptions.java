package dev.cloudmend.local.cli;

import dev.cloudmend.configuration.Configuration;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that asks the policy. */
final class ConfigurationOptions {

  @Mixin private ConfigFileOption config = new ConfigFileOption();

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "A policy file in place of the configuration's policy.")
  private @Nullable Path policyFile;

  /** The configuration file, where there is one. */
  Optional<Path> file() {
    return config.file();
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
