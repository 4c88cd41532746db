package dev.cloudmend.local.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.emulators.EmulatorKind;
import dev.cloudmend.local.InputException;
import dev.cloudmend.local.ProjectFiles;
import dev.cloudmend.local.sandbox.Sandbox;
import dev.cloudmend.local.sandbox.SandboxServer;
import dev.cloudmend.local.sandbox.Seed;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "sandbox",
    mixinStandardHelpOptions = true,
    description =
        "An emulated AWS on this machine, behind one address for Terraform, the AWS CLI and the SDKs.")
final class SandboxCommand {

  private final Console console;

  SandboxCommand(Console console) {
    this.console = console;
  }

  @Command(
      name = "start",
      mixinStandardHelpOptions = true,
      description =
          "Starts the sandbox. It runs until 'sandbox stop', and other commands find it by themselves.")
  int start(
      @Option(names = "--port", paramLabel = "PORT", description = "The port. Default: a free one.")
          @Nullable Integer port,
      @Option(
              names = "--emulator",
              paramLabel = "moto|localstack",
              defaultValue = "moto",
              description =
                  "moto (found on the PATH, else installed into a private virtual environment) or localstack (in Docker). Default: ${DEFAULT-VALUE}.")
          String emulator,
      @Option(names = "--seed", description = "Make three broken resources, and events for them.")
          boolean seed,
      @Option(names = "--json", description = "Write exactly one JSON document to standard output.")
          boolean json) {
    if (port != null && (port < 1 || port > 65_535)) {
      throw new InputException("--port: " + port + " is no port; expected 1 to 65535");
    }
    Optional<Sandbox> running = Sandbox.running();
    if (running.isPresent()) {
      throw new InputException(
          "a sandbox is running at "
              + running.get().endpoint()
              + "; stop it first with 'cloudmend sandbox stop'");
    }
    Sandbox sandbox =
        Sandbox.start(EmulatorKind.parse(emulator), port == null ? 0 : port, console::progress);
    List<Path> events =
        seed
            ? Seed.plant(sandbox.endpoint(), ProjectFiles.ofLauncher(), sandbox.events())
            : List.of();
    if (json) {
      ObjectNode document = describe(sandbox);
      if (seed) {
        document.set("events", Json.toTree(events.stream().map(Path::toString).toList()));
      }
      console.json(document);
      return 0;
    }
    show(sandbox);
    if (seed) {
      console.line("Three resources are broken. Plan a fix (nothing is written without --live):");
      events.forEach(e -> console.line("  ./cloudmend run " + e));
    }
    return 0;
  }

  @Command(
      name = "account",
      mixinStandardHelpOptions = true,
      description =
          "Another account of the running sandbox: an access key whose calls are that account's own.")
  int account(
      @Parameters(paramLabel = "ID", description = "Twelve digits.") String id,
      @Option(names = "--json", description = "Write exactly one JSON document to standard output.")
          boolean json) {
    Sandbox sandbox =
        Sandbox.running()
            .orElseThrow(
                () -> new InputException("no sandbox is running; expected 'sandbox start' first"));
    String key = sandbox.accessKeyOf(Arn.checkAccount(id));
    if (json) {
      console.json(Json.object().put("account", id).put("accessKeyId", key));
    } else {
      console.line("export AWS_ACCESS_KEY_ID=" + key + " AWS_SECRET_ACCESS_KEY=testing");
    }
    return 0;
  }

  @Command(
      name = "serve",
      mixinStandardHelpOptions = true,
      hidden = true,
      description = "What the process of a sandbox runs; 'start' starts it.")
  int serve(
      @Option(names = "--port", required = true) int port,
      @Option(names = "--emulator", required = true) String emulator,
      @Option(names = "--folder", required = true) Path folder)
      throws InterruptedException {
    SandboxServer.serve(EmulatorKind.parse(emulator), port, folder);
    return 0;
  }

  @Command(name = "status", mixinStandardHelpOptions = true, description = "Says whether one runs.")
  int status(
      @Option(names = "--json", description = "Write exactly one JSON document to standard output.")
          boolean json) {
    Optional<Sandbox> running = Sandbox.running();
    if (json) {
      console.json(running.map(SandboxCommand::describe).orElseGet(() -> state(false)));
    } else {
      running.ifPresentOrElse(this::show, () -> console.line("No sandbox is running."));
    }
    return 0;
  }

  @Command(
      name = "stop",
      mixinStandardHelpOptions = true,
      description = "Stops the sandbox. Its account is gone; its audit trail stays.")
  int stop(
      @Option(names = "--json", description = "Write exactly one JSON document to standard output.")
          boolean json) {
    Optional<Sandbox> running = Sandbox.running();
    running.ifPresent(Sandbox::stop);
    if (json) {
      console.json(state(false).put("stopped", running.isPresent()));
    } else {
      console.line(
          running
              .map(s -> "Stopped. Its audit trail is in " + s.data())
              .orElse("No sandbox is running."));
    }
    return 0;
  }

  private void show(Sandbox sandbox) {
    console.line("%s at %s".formatted(sandbox.emulator(), sandbox.endpoint()));
    console.line("since  " + sandbox.startedAt());
    console.line("data   " + sandbox.data());
    console.line("log    " + sandbox.log());
    console.line("these calls are answered here, all others by the emulator:");
    sandbox.answeredHere().stream()
        .filter(operation -> !operation.startsWith("_"))
        .collect(
            Collectors.groupingBy(
                operation -> operation.substring(0, operation.indexOf(':')),
                TreeMap::new,
                Collectors.mapping(
                    operation -> operation.substring(operation.indexOf(':') + 1),
                    Collectors.joining(", "))))
        .forEach((service, operations) -> console.line("  " + service + ": " + operations));
  }

  private static ObjectNode describe(Sandbox sandbox) {
    ObjectNode document = state(true);
    document.put("endpoint", sandbox.endpoint().toString());
    document.put("emulator", sandbox.emulator());
    document.put("startedAt", sandbox.startedAt().toString());
    document.put("data", sandbox.data().toString());
    document.put("log", sandbox.log().toString());
    document.set("answeredHere", Json.toTree(sandbox.answeredHere()));
    return document;
  }

  private static ObjectNode state(boolean isRunning) {
    return Json.object().put("running", isRunning);
  }
}
