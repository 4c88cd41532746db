package dev.cloudmend.terraform.hcl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The real terraform, called once for a whole folder. */
final class Terraform {

  private Terraform() {}

  /**
   * What {@code terraform fmt} makes of texts, by their names; those that it refuses are left out.
   */
  static Map<String, String> formatted(Path folder, Map<String, String> texts) {
    write(folder, texts);
    String refused = run(folder, "fmt", "-recursive", "-list=false");
    Map<String, String> formatted = new TreeMap<>();
    texts.forEach(
        (name, text) -> {
          if (!refused.contains(name)) {
            formatted.put(name, read(folder.resolve(name)));
          }
        });
    return formatted;
  }

  /** What {@code terraform fmt -check -diff} says of texts: nothing, if it accepts all. */
  static String check(Path folder, Map<String, String> texts) {
    write(folder, texts);
    return run(folder, "fmt", "-check", "-diff", "-recursive");
  }

  private static void write(Path folder, Map<String, String> texts) {
    texts.forEach(
        (name, text) -> {
          try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(name), text);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String run(Path folder, String... arguments) {
    List<String> command = new ArrayList<>(List.of("terraform"));
    command.addAll(List.of(arguments));
    command.add("-no-color");
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().remove("TF_CLI_CONFIG_FILE");
    builder.environment().put("CHECKPOINT_DISABLE", "1");
    try {
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
