package dev.cloudmend.emulators;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Where Cloudmend keeps a user's data between runs: {@code $XDG_STATE_HOME/cloudmend} if that is
 * set (XDG Base Directory Specification), else the platform's place for it.
 */
public final class StateFolder {

  private static final String NAME = "cloudmend";

  private StateFolder() {}

  /** The folder of the user who runs this process. It need not exist yet. */
  public static Path ofUser() {
    return of(
        System.getProperty("os.name"), Path.of(System.getProperty("user.home")), System.getenv());
  }

  static Path of(String system, Path home, Map<String, String> environment) {
    String xdg = environment.getOrDefault("XDG_STATE_HOME", "");
    if (!xdg.isEmpty() && Path.of(xdg).isAbsolute()) {
      return Path.of(xdg, NAME);
    }
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("mac")) {
      return home.resolve("Library/Application Support").resolve(NAME);
    }
    if (name.startsWith("windows") && environment.containsKey("LOCALAPPDATA")) {
      return Path.of(environment.get("LOCALAPPDATA"), NAME);
    }
    return home.resolve(".local/state").resolve(NAME);
  }
}
