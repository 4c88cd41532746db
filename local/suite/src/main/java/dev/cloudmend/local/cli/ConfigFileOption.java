package dev.cloudmend.local.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names the configuration. */
final class ConfigFileOption {

  private static final Path DEFAULT = Path.of("cloudmend.yaml");

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "The configuration. Default: the environment's CLOUDMEND_CONFIG, else cloudmend.yaml in the current folder where there is one, else the built-in configuration.")
  private @Nullable Path file;

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
}
