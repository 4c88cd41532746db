package dev.cloudmend.local;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a user's programs keep their state: {@code CLOUDMEND_STATE_DIR}, else by the XDG base
 * directory specification.
 */
public final class StateDirectory {

  private StateDirectory() {}

  /** A path below the state directory. */
  public static Path of(String... names) {
    Path path =
        variable("CLOUDMEND_STATE_DIR")
            .map(Path::of)
            .orElseGet(
                () ->
                    variable("XDG_STATE_HOME")
                        .map(Path::of)
                        .orElseGet(
                            () -> Path.of(System.getProperty("user.home"), ".local", "state"))
                        .resolve("cloudmend"));
    for (String name : names) {
      path = path.resolve(name);
    }
    return path;
  }

  private static Optional<String> variable(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(v -> !v.isBlank());
  }
}
