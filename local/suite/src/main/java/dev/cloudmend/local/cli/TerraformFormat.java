package dev.cloudmend.local.cli;

import dev.cloudmend.terraform.hcl.HclFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks {@code terraform fmt}, where there is a terraform. */
final class TerraformFormat {

  private static final int SECONDS = 30;

  private TerraformFormat() {}

  /**
   * The file as {@code terraform fmt} would leave it, if it left the old one as it was: a file that
   * nobody formats is not formatted by the way.
   */
  static HclFile formatted(HclFile before, HclFile after) {
    return of(before.text())
        .filter(before.text()::equals)
        .flatMap(clean -> of(after.text()))
        .filter(text -> !text.equals(after.text()))
        .map(text -> HclFile.parse(after.path(), SourceWriter.bytes(text)))
        .orElse(after);
  }

  /** What it makes of a text; empty where there is no terraform, or it refuses. */
  private static Optional<String> of(String text) {
    Path file = null;
    try {
      file = Files.createTempFile("cloudmend", ".tf");
      Files.writeString(file, text);
      Process process =
          new ProcessBuilder("terraform", "fmt", "-no-color", file.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      return process.exitValue() == 0 ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException e) {
      // There is no terraform here: what we print is formatted as it formats.
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      if (file != null) {
        delete(file);
      }
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be deleted", e);
    }
  }
}
