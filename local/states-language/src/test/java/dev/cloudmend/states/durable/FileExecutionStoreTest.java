package dev.cloudmend.states.durable;

import static dev.cloudmend.states.Machine.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FileExecutionStoreTest {

  private static final String ARN = "arn:aws:states:us-east-1:123456789012:execution:m:n";

  @TempDir Path folder;
  private FileExecutionStore store;

  @BeforeEach
  void open() {
    store = new FileExecutionStore(folder.resolve("made/here"));
  }

  private List<Path> files() throws IOException {
    try (var files = Files.list(folder.resolve("made/here"))) {
      return files.sorted().toList();
    }
  }

  @Test
  void aRecordIsReplacedWholly() throws IOException {
    store.save(ARN, json("{\"long\": \"" + "x".repeat(10_000) + "\"}"), true);
    store.save(ARN, json("{\"short\": 1.50}"), false);

    assertThat(store.load(ARN).orElseThrow().toString()).isEqualTo("{\"short\":1.50}");
    assertThat(files()).singleElement().asString().endsWith(".json");
  }

  @Test
  void openExecutionsAreThoseNotYetClosed() {
    store.save(ARN, json("1"), true);
    store.save(ARN + "2", json("1"), true);
    store.save(ARN, json("2"), false);

    assertThat(store.openExecutions()).containsExactly(ARN + "2");
  }

  @Test
  void executionsOfDifferentMachinesWithOneNameStayApart() {
    String other = ARN.replace(":m:n", ":other:n");
    store.save(ARN, json("1"), true);
    store.save(other, json("2"), true);

    assertThat(store.load(ARN)).contains(json("1"));
    assertThat(store.load(other)).contains(json("2"));
    assertThat(store.load(ARN + "-none")).isEmpty();
  }

  @Test
  void namesCannotLeadOutOfTheFolder() throws IOException {
    store.save("arn:x:../../../escaped", json("1"), false);

    assertThat(files()).hasSize(1);
    assertThat(folder.resolve("escaped")).doesNotExist();
  }

  @Test
  void anExecutionIsLockedByOneAtATime() {
    var other = new FileExecutionStore(folder.resolve("made/here"));
    try (var lease = store.tryLock(ARN).orElseThrow()) {
      assertThat(lease).isNotNull();
      assertThat(store.tryLock(ARN)).isEmpty();
      assertThat(other.tryLock(ARN)).isEmpty();
      assertThat(other.tryLock(ARN + "2")).isPresent();
    }

    assertThat(other.tryLock(ARN)).isPresent();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void onlyTheOwnerMayReadARecord() throws IOException {
    assertThat(FileSystems.getDefault().supportedFileAttributeViews()).contains("posix");
    store.save(ARN, json("1"), true);

    for (Path file : files()) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void aDamagedRecordIsAnErrorThatNamesTheFile() throws IOException {
    store.save(ARN, json("{\"a\": 1}"), false);
    Path file = files().getFirst();
    Files.writeString(file, "{\"a\": ");

    assertThatThrownBy(() -> store.load(ARN))
        .isInstanceOf(ExecutionStoreException.class)
        .hasMessageContaining(file.toString());
  }
}
