package dev.cloudmend.local.cli;

import dev.cloudmend.local.InputException;
import dev.cloudmend.local.ProjectFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "e2e",
    mixinStandardHelpOptions = true,
    description = {
      "Deploys the suite to a fresh sandbox with the real Terraform, breaks things with the AWS CLI, and looks whether all of it ends as it should.",
      "Needs terraform, aws, git and python3 on the PATH and the packaged functions. Exit 1 when something does not hold."
    })
final class E2eCommand implements Callable<Integer> {

  @Option(names = "--keep", description = "Leave the sandbox running, with what was deployed.")
  private boolean keep;

  @Option(names = "--measure", description = "Also time 50 events, one after another.")
  private boolean measure;

  @Override
  public Integer call() throws InterruptedException {
    Path script = ProjectFiles.ofLauncher().root().resolve("local/e2e/e2e.py");
    var command = new ArrayList<>(List.of("python3", script.toString()));
    if (keep) {
      command.add("--keep");
    }
    if (measure) {
      command.add("--measure");
    }
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new InputException("python3 cannot be started; it has to be on the PATH");
    }
  }
}
