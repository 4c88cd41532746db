package dev.cloudmend.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudmend.local.InputException;
import dev.cloudmend.terraform.hcl.HclFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceWriterTest {

  private static final String BEFORE = "a = 1\n";
  private static final String AFTER = "a = 2\n";
  private static final List<String> NAMES = List.of("one.tf", "two.tf", "sub/three.tf");

  @TempDir private Path folder;

  @BeforeEach
  void writeFiles() throws IOException {
    Files.createDirectory(folder.resolve("sub"));
    for (String name : NAMES) {
      Files.writeString(folder.resolve(name), BEFORE);
    }
  }

  @Test
  void writesAllFilesAndKeepsTheirRights() throws IOException {
    Files.setPosixFilePermissions(
        folder.resolve("two.tf"), PosixFilePermissions.fromString("rw-r-----"));

    new SourceWriter(folder).write(changes());

    assertAll(AFTER);
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("two.tf"))))
        .isEqualTo("rw-r-----");
  }

  @Test
  void writesNothingWhenAFileWasChanged() throws IOException {
    Files.writeString(folder.resolve("sub/three.tf"), "a = 3\n");

    assertThatThrownBy(() -> new SourceWriter(folder).write(changes()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("three.tf was changed by somebody else; nothing was written");

    Files.writeString(folder.resolve("sub/three.tf"), BEFORE);
    assertAll(BEFORE);
  }

  @Test
  void writesNothingWhenAFileIsGoneOrALink() throws IOException {
    Files.delete(folder.resolve("two.tf"));
    assertThatThrownBy(() -> new SourceWriter(folder).write(changes()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("two.tf");

    Files.createSymbolicLink(folder.resolve("two.tf"), folder.resolve("one.tf"));
    assertThatThrownBy(() -> new SourceWriter(folder).write(changes()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("two.tf");
    assertAll(BEFORE);
  }

  @Test
  void writesNothingWhenAFolderTakesNoFile() throws IOException {
    HclFile before = HclFile.parse("one.tf/none.tf", BEFORE.getBytes(StandardCharsets.UTF_8));
    Map<HclFile, HclFile> changes = changes();
    changes.put(before, before);

    assertThatThrownBy(() -> new SourceWriter(folder).write(changes))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("nothing was written");
    assertAll(BEFORE);
  }

  @Test
  void movesNothingBeforeEveryNewFileLiesThere() throws IOException {
    List<Long> beside = new ArrayList<>();
    SourceWriter writer =
        new SourceWriter(
            folder,
            (from, to) -> {
              beside.add((long) entries().size());
              Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
            });

    writer.write(changes());

    assertThat(beside).containsExactly(6L, 5L, 4L);
    assertAll(AFTER);
  }

  @Test
  void putsBackWhatWasMovedWhenAnotherFileCannotBe() throws IOException {
    SourceWriter writer =
        new SourceWriter(
            folder,
            (from, to) -> {
              if (to.endsWith("three.tf")) {
                throw new IOException("no");
              }
              Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
            });

    assertThatThrownBy(() -> writer.write(changes()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("three.tf cannot be written")
        .hasMessageEndingWith("nothing was written");
    assertAll(BEFORE);
  }

  @Test
  void namesWhatItCouldNotPutBack() throws IOException {
    List<Path> moved = new ArrayList<>();
    SourceWriter writer =
        new SourceWriter(
            folder,
            (from, to) -> {
              if (!moved.isEmpty()) {
                throw new IOException("no");
              }
              moved.add(to);
              Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
            });

    assertThatThrownBy(() -> writer.write(changes()))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith(
            "these are written and could not be put back: [" + folder.resolve("one.tf") + "]");
    assertThat(folder.resolve("one.tf")).hasContent(AFTER);
    assertThat(folder.resolve("two.tf")).hasContent(BEFORE);
    assertThat(entries()).hasSize(NAMES.size());
  }

  private static Map<HclFile, HclFile> changes() {
    Map<HclFile, HclFile> changes = new LinkedHashMap<>();
    NAMES.forEach(
        name ->
            changes.put(
                HclFile.parse(name, BEFORE.getBytes(StandardCharsets.UTF_8)),
                HclFile.parse(name, AFTER.getBytes(StandardCharsets.UTF_8))));
    return changes;
  }

  /** And nothing else is left. */
  private void assertAll(String content) throws IOException {
    for (String name : NAMES) {
      assertThat(folder.resolve(name)).hasContent(content);
    }
    assertThat(entries()).hasSize(NAMES.size());
  }

  private List<Path> entries() throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(path -> !Files.isDirectory(path)).toList();
    }
  }
}
