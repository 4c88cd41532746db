package dev.cloudmend.local.cli;

import dev.cloudmend.local.ProjectFiles;
import dev.cloudmend.local.RunSettings;
import dev.cloudmend.local.Suite;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a command that runs the suite works with: the account, the repositories, the suite. Each
 * starts when it is first asked for, and all end with it.
 */
final class Workplace implements AutoCloseable {

  private final Console console;
  private final TargetOptions options;
  private final RepositoryOptions repositories;
  private final RunSettings settings;
  private final Consumer<String> progress;
  private TargetOptions.@Nullable Place place;
  private RepositoryOptions.@Nullable Way way;
  private @Nullable Suite suite;

  Workplace(
      Console console,
      TargetOptions options,
      RepositoryOptions repositories,
      RunSettings settings,
      Consumer<String> progress) {
    this.console = console;
    this.options = options;
    this.repositories = repositories;
    this.settings = settings;
    this.progress = progress;
  }

  TargetOptions.Place place() {
    if (place == null) {
      place = options.open(console);
    }
    return place;
  }

  Suite suite() {
    if (suite == null) {
      TargetOptions.Place opened = place();
      way = repositories.open(opened.data());
      suite =
          Suite.open(
              ProjectFiles.ofLauncher(),
              opened.account(),
              opened.data(),
              settings.with(way.access()),
              progress);
    }
    return suite;
  }

  @Override
  public void close() {
    if (suite != null) {
      suite.close();
    }
    if (way != null) {
      way.close();
    }
    if (place != null) {
      place.close();
    }
  }
}
