package dev.cloudmend.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files that are deployed, read from where they are deployed from. */
public final class ProjectFiles {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([a-z_]+)}");

  private final Path root;

  public ProjectFiles(Path root) {
    this.root = root;
  }

  /** The project's folder, as the launcher names it in {@code cloudmend.root}. */
  public static ProjectFiles ofLauncher() {
    return new ProjectFiles(
        Path.of(Optional.ofNullable(System.getProperty("cloudmend.root")).orElse(".")));
  }

  public Path root() {
    return root;
  }

  /** A state machine's definition, with what Terraform would fill in. */
  public String stateMachine(String name, Map<String, String> values) {
    return filled(
        read(root.resolve("infra-terraform/state-machine/" + name + ".asl.json")), values);
  }

  /** The event patterns by name. */
  public Map<String, ObjectNode> eventPatterns() {
    Path folder = root.resolve("infra-terraform/event-patterns");
    var patterns = new TreeMap<String, ObjectNode>();
    try (var files = Files.list(folder)) {
      files
          .filter(f -> f.toString().endsWith(".json"))
          .forEach(
              f ->
                  patterns.put(
                      f.getFileName().toString().replaceFirst("\\.json$", ""),
                      Json.parseObject(read(f))));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
    return patterns;
  }

  private static String filled(String template, Map<String, String> values) {
    return PLACEHOLDER
        .matcher(template)
        .replaceAll(
            m -> {
              String value = values.get(m.group(1));
              if (value == null) {
                throw new IllegalStateException("nothing to fill in for " + m.group());
              }
              return Matcher.quoteReplacement(value);
            });
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
