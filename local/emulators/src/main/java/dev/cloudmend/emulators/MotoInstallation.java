package dev.cloudmend.emulators;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A Python that has the moto server.
 *
 * @param python the interpreter
 * @param version moto's version
 */
record MotoInstallation(Path python, String version) {

  static final String PINNED = "5.2.1";

  private static final int OLDEST_MAJOR = 5;
  private static final Duration PROBE_LIMIT = Duration.ofSeconds(60);
  private static final Duration VENV_LIMIT = Duration.ofMinutes(3);
  private static final Duration INSTALL_LIMIT = Duration.ofMinutes(9);
  private static final int LINES_OF_OUTPUT = 5;

  private static final String PROBE =
      """
      import importlib.metadata, importlib.util, sys
      assert importlib.util.find_spec("flask") and importlib.util.find_spec("moto.server")
      print(importlib.metadata.version("moto"))
      print(sys.executable)
      """;

  private static final String IS_NEW_ENOUGH =
      "import sys, venv, ensurepip; sys.exit(0 if sys.version_info >= (3, 9) else 1)";

  /** What to do when there is no moto; the end of every message that says so. */
  static final String WAYS =
      """
      Ways to get an emulator:
        - install moto:  pip install 'moto[server]==%s'
        - install Python 3.9 or newer with venv and pip (Debian: python3-venv); moto is then installed for Cloudmend alone
        - start Docker and take LocalStack:  --emulator localstack"""
          .formatted(PINNED);

  /**
   * The one whose {@code moto_server} is on the search path, else one in a virtual environment of
   * Cloudmend's own, which is made when there is none.
   *
   * @throws EmulatorException when there is none and none can be made
   */
  static MotoInstallation find(EmulatorSettings settings) {
    return Programs.find("moto_server", settings.searchPath())
        .flatMap(script -> ofScript(script, settings.searchPath()))
        .orElseGet(() -> ownInstallation(settings));
  }

  /** The interpreter behind the script: moto_server itself does not tell its version. */
  private static Optional<MotoInstallation> ofScript(Path script, String searchPath) {
    Set<Path> pythons = new LinkedHashSet<>();
    interpreterLine(script).flatMap(line -> interpreter(line, searchPath)).ifPresent(pythons::add);
    Stream.of(script, real(script))
        .flatMap(file -> Stream.of("python3", "python").map(file::resolveSibling))
        .filter(Files::isExecutable)
        .forEach(pythons::add);
    return pythons.stream().flatMap(python -> probe(python).stream()).findFirst();
  }

  private static Optional<String> interpreterLine(Path script) {
    try (var lines = Files.newBufferedReader(script, StandardCharsets.UTF_8)) {
      return Optional.ofNullable(lines.readLine())
          .filter(line -> line.startsWith("#!") && line.contains("python"))
          .map(line -> line.substring(2).strip());
    } catch (MalformedInputException notAScript) {
      return Optional.empty();
    } catch (IOException e) {
      throw new EmulatorException(script + " cannot be read: " + Failures.describe(e), e);
    }
  }

  private static Optional<Path> interpreter(String line, String searchPath) {
    if (line.startsWith("/usr/bin/env ")) {
      String name = line.substring(line.lastIndexOf(' ') + 1);
      return Programs.find(name, searchPath);
    }
    return Optional.of(Path.of(line)).filter(Files::isExecutable);
  }

  private static Path real(Path script) {
    try {
      return script.toRealPath();
    } catch (IOException e) {
      return script;
    }
  }

  private static Optional<MotoInstallation> probe(Path python) {
    var result = Programs.run(PROBE_LIMIT, List.of(python.toString(), "-c", PROBE));
    List<String> lines = result.output().lines().toList();
    if (!result.succeeded() || lines.size() < 2 || major(lines.getFirst()) < OLDEST_MAJOR) {
      return Optional.empty();
    }
    return Optional.of(new MotoInstallation(Path.of(lines.getLast()), lines.getFirst()));
  }

  private static int major(String version) {
    String digits = version.replaceFirst("\\D.*", "");
    return digits.isEmpty() || digits.length() > 4 ? 0 : Integer.parseInt(digits);
  }

  private static MotoInstallation ownInstallation(EmulatorSettings settings) {
    Path home = settings.stateFolder().resolve("moto-" + PINNED);
    Path folder = home.resolve("venv");
    return FolderLock.holding(
        home,
        INSTALL_LIMIT,
        () -> inVirtualEnvironment(folder).orElseGet(() -> install(folder, settings)));
  }

  private static Optional<MotoInstallation> inVirtualEnvironment(Path folder) {
    return Stream.of("bin/python", "Scripts/python.exe")
        .map(folder::resolve)
        .filter(Files::isExecutable)
        .flatMap(python -> probe(python).stream())
        .filter(installation -> installation.version().equals(PINNED))
        .findFirst();
  }

  private static MotoInstallation install(Path folder, EmulatorSettings settings) {
    Path python =
        Stream.of("python3", "python")
            .flatMap(name -> Programs.find(name, settings.searchPath()).stream())
            .filter(MotoInstallation::isNewEnough)
            .findFirst()
            .orElseThrow(
                () ->
                    new EmulatorException(
                        "There is no moto_server on the PATH, and no Python 3.9 or newer with venv"
                            + " to install it with.\n"
                            + WAYS));
    settings
        .progress()
        .accept("Installing moto " + PINNED + " into " + folder + " (once, about a minute) ...");
    step(VENV_LIMIT, List.of(python.toString(), "-m", "venv", "--clear", folder.toString()));
    boolean windows = Files.isDirectory(folder.resolve("Scripts"));
    Path own = folder.resolve(windows ? "Scripts/python.exe" : "bin/python");
    step(
        INSTALL_LIMIT,
        List.of(
            own.toString(),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--retries",
            "2",
            "moto[server]==" + PINNED));
    return inVirtualEnvironment(folder)
        .orElseThrow(
            () -> new EmulatorException("moto was installed but cannot be loaded.\n" + WAYS));
  }

  private static boolean isNewEnough(Path python) {
    return Programs.run(PROBE_LIMIT, List.of(python.toString(), "-c", IS_NEW_ENOUGH)).succeeded();
  }

  private static void step(Duration limit, List<String> command) {
    var result = Programs.run(limit, command);
    if (!result.succeeded()) {
      throw new EmulatorException(
          "moto could not be installed: "
              + String.join(" ", command)
              + " ended with "
              + result.exit()
              + ":\n"
              + result.lastLines(LINES_OF_OUTPUT)
              + "\n"
              + WAYS);
    }
  }
}
