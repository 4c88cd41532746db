package dev.cloudmend.githost;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.jgit.util.FS;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JGitSettingsTest {

  @TempDir private Path folder;

  @Test
  void nothingIsMeasured() {
    JGitSettings.use();

    assertThat(FS.getFileStoreAttributes(folder).getFsTimestampResolution())
        .isEqualTo(Duration.ofSeconds(2));
  }
}
