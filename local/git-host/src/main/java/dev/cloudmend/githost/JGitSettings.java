package dev.cloudmend.githost;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.DefaultTypedConfigGetter;
import org.jspecify.annotations.Nullable;

/**
 * Tells JGit the coarsest file times there are. Otherwise it takes three seconds to measure them in
 * each process, with files of its own in the person's repository, and keeps the result in their
 * home. Coarse times only make it read a file again that changed just now.
 */
public final class JGitSettings {

  private static final String SECTION = "filesystem";
  private static final Duration COARSEST = Duration.ofSeconds(2);

  private JGitSettings() {}

  /**
   * From now on, in the whole process. Whoever uses JGit before a {@link GitHost} calls it first.
   */
  public static void use() {
    Config.setTypedConfigGetter(
        new DefaultTypedConfigGetter() {
          @Override
          public @Nullable Long getTimeUnit(
              Config config,
              String section,
              @Nullable String subsection,
              String name,
              @Nullable Long defaultValue,
              TimeUnit wantUnit) {
            return section.equals(SECTION)
                ? wantUnit.convert(COARSEST)
                : super.getTimeUnit(config, section, subsection, name, defaultValue, wantUnit);
          }
        });
  }
}
