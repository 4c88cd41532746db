package dev.cloudmend.endpoint.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.model.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

  @TempDir Path folder;

  @Test
  void anotherSpoolFindsWhatWasKeptAndNotWhatWasRemoved() {
    var spool = new Spool(folder.resolve("new"));
    spool.keep("../a", Json.object().put("n", 1));
    spool.keep("../a", Json.object().put("n", 2));
    spool.keep("b", Json.object().put("n", 3));
    spool.remove("b");
    spool.remove("never there");

    assertThat(new Spool(folder.resolve("new")).all()).containsExactly(Json.object().put("n", 2));
    assertThat(folder).isDirectoryNotContaining(file -> file.getFileName().toString().equals("a"));
  }

  @Test
  void whatIsNoRecordIsPassedOver() throws IOException {
    var spool = new Spool(folder);
    Files.writeString(folder.resolve("half.json"), "{\"n\":");
    Files.writeString(folder.resolve("other.tmp"), "{}");
    spool.keep("a", Json.object());

    assertThat(spool.all()).containsExactly(Json.object());
  }

  @Test
  void onlyTheOwnerMayRead() throws IOException {
    var spool = new Spool(folder.resolve("own"));
    spool.keep("a", Json.object());

    assertThat(Files.getPosixFilePermissions(folder.resolve("own")))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    try (var files = Files.list(folder.resolve("own"))) {
      assertThat(files.toList())
          .singleElement()
          .satisfies(
              file ->
                  assertThat(Files.getPosixFilePermissions(file))
                      .isEqualTo(PosixFilePermissions.fromString("rw-------")));
    }
  }
}
