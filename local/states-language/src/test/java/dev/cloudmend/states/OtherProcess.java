package dev.cloudmend.states;

import static dev.cloudmend.states.Machine.json;

import dev.cloudmend.states.durable.FileExecutionStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process of its own, for tests of what processes do to each other. */
final class OtherProcess {

  private OtherProcess() {}

  /**
   * Usage: {@code answer FOLDER TOKEN} answers 1 and prints the output; {@code hold FOLDER ARN}
   * locks an execution, prints "held" and waits for the end of its input.
   */
  public static void main(String[] arguments) throws IOException {
    var store = new FileExecutionStore(Path.of(arguments[1]));
    if (arguments[0].equals("hold")) {
      try (var lease = store.tryLock(arguments[2]).orElseThrow()) {
        System.out.println(lease == null ? "free" : "held");
        System.in.transferTo(OutputStream.nullOutputStream());
      }
      return;
    }
    var result =
        Interpreter.builder()
            .executionStore(store)
            .build()
            .sendTaskSuccess(arguments[2], json("1"));
    System.out.println(result.status() + " " + result.output().orElseThrow());
  }

  static Process start(String... arguments) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                OtherProcess.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  static String firstLine(Process process) throws IOException {
    var reader = process.inputReader(StandardCharsets.UTF_8);
    return String.valueOf(reader.readLine());
  }
}
