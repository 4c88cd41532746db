package dev.cloudmend.local.cli;

import dev.cloudmend.local.InputException;
import dev.cloudmend.terraform.project.Project;
import dev.cloudmend.terraform.project.ProjectException;
import dev.cloudmend.terraform.rules.RuleSettings;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of every command that reads Terraform source. */
final class SourceOptions {

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      description =
          "A folder with Terraform source; everything below it is read too. Default: the current folder.")
  private Path folder = Path.of(".");

  @Option(names = "--json", description = "Write exactly one JSON document to standard output.")
  private boolean json;

  @Option(
      names = "--log-bucket",
      paramLabel = "NAME",
      description = "The bucket that access logs go to. Without it missing logs are only shown.")
  private @Nullable String logBucket;

  @Option(
      names = "--kms-key",
      paramLabel = "ARN",
      description = "The key to encrypt with. Without it a missing key is only shown.")
  private @Nullable String kmsKey;

  @Option(
      names = "--flow-logs-to",
      paramLabel = "ARN",
      description =
          "The bucket or log group that flow logs go to. Without it a log group is declared beside the VPC.")
  private @Nullable String flowLogs;

  Path folder() {
    return folder;
  }

  boolean isJson() {
    return json;
  }

  RuleSettings settings() {
    return new RuleSettings(
        Optional.ofNullable(logBucket),
        Optional.ofNullable(kmsKey),
        Optional.ofNullable(flowLogs),
        RuleSettings.DEFAULT.highRiskPorts());
  }

  /**
   * Reads the source.
   *
   * @throws InputException when it cannot be read
   */
  Project project() {
    try {
      return Project.read(folder);
    } catch (ProjectException e) {
      throw new InputException(String.valueOf(e.getMessage()));
    }
  }
}
