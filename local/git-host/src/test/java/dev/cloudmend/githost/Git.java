package dev.cloudmend.githost;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The real git in a folder, without the settings of whoever runs the tests. */
record Git(Path folder) {

  /** A new repository with a working copy, without a commit. */
  static Git init(Path folder) {
    return make(folder, "init", "-q", "-b", "main", ".");
  }

  /** A new repository of whatever kind. */
  static Git make(Path folder, String... command) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Git git = new Git(folder);
    git.run(command);
    return git;
  }

  /** Runs git and gives what it printed, without the last line's end. */
  String run(String... arguments) {
    return run(Path.of("/dev/null"), arguments);
  }

  /** The same with a file to read from. */
  String run(Path input, String... arguments) {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
      builder.redirectInput(input.toFile());
      builder
          .environment()
          .putAll(
              Map.of(
                  "GIT_CONFIG_GLOBAL", "/dev/null",
                  "GIT_CONFIG_NOSYSTEM", "1",
                  "GIT_AUTHOR_NAME", "Ana",
                  "GIT_AUTHOR_EMAIL", "ana@example.com",
                  "GIT_COMMITTER_NAME", "Ana",
                  "GIT_COMMITTER_EMAIL", "ana@example.com"));
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError(String.join(" ", command) + " failed: " + output);
      }
      return output.stripTrailing();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  Git write(String path, String text) {
    try {
      Path file = folder.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Commits all that is in the working copy, and gives the commit. */
  String commit(String message) {
    run("add", "-A");
    run("commit", "-q", "-m", message);
    return head("HEAD");
  }

  String head(String revision) {
    return run("rev-parse", revision + "^{commit}");
  }

  String show(String revision, String path) {
    return run("show", revision + ":" + path);
  }

  List<String> branches() {
    return run("for-each-ref", "--format=%(refname:short)", "refs/heads").lines().toList();
  }
}
