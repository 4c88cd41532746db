package dev.cloudmend.local.cli;

import dev.cloudmend.local.InputException;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say who explains. */
final class DiagnoserOptions {

  /** Who explains an incident. */
  enum Choice {
    /** The playbook itself. */
    playbook,
    /** Claude on Amazon Bedrock. */
    claude,
    /** Claude where there is a Bedrock to ask, else the playbook. */
    auto
  }

  @Option(
      names = "--diagnoser",
      paramLabel = "playbook|claude|auto",
      defaultValue = "auto",
      description =
          "Who explains: the playbook itself, Claude on Amazon Bedrock, or Claude with --target aws or --bedrock-endpoint and else the playbook. Default: ${DEFAULT-VALUE}.")
  private Choice choice = Choice.auto;

  @Option(
      names = "--bedrock-endpoint",
      paramLabel = "URL",
      description = "A server that speaks Bedrock's Converse API, to ask instead of AWS.")
  private @Nullable String endpoint;

  /**
   * Whether Claude is asked.
   *
   * @param isAws whether the run works on AWS itself
   */
  boolean asksClaude(boolean isAws) {
    return switch (choice) {
      case claude -> true;
      case playbook -> false;
      case auto -> isAws || endpoint != null;
    };
  }

  /**
   * The server to ask.
   *
   * @throws InputException when it is no address
   */
  Optional<URI> endpoint() {
    return Optional.ofNullable(endpoint).map(text -> TargetOptions.url("--bedrock-endpoint", text));
  }
}
