package dev.cloudmend.local.deployment;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment consists of, as Terraform wrote it into the parameter {@code
 * /cloudmend/NAME/stack}.
 *
 * @param prefix the deployment's name
 * @param dryRun whether it writes nothing to target resources
 * @param livePlaybooks those that may write
 * @param bus the event bus's name
 * @param tables {@code audit}, {@code state} to the table's name
 * @param stateMachines {@code remediation}, {@code undo} to the ARN
 * @param functions function to the ARN of its alias
 * @param queues {@code unprocessed}, {@code dead-letters} to the URL
 * @param configuration where the configuration lies; absent = the built-in one
 */
public record StackParts(
    String prefix,
    boolean dryRun,
    List<String> livePlaybooks,
    String bus,
    Map<String, String> tables,
    Map<String, String> stateMachines,
    Map<String, String> functions,
    Map<String, String> queues,
    @Nullable Place configuration) {

  /**
   * The configuration's object.
   *
   * @param bucket its bucket
   * @param key its key
   */
  public record Place(String bucket, String key) {}

  String table(String name) {
    return part("table", tables, name);
  }

  String stateMachine(String name) {
    return part("state machine", stateMachines, name);
  }

  private String part(String kind, Map<String, String> parts, String name) {
    return Optional.ofNullable(parts.get(name))
        .orElseThrow(
            () ->
                new DeploymentException(
                    "the parameter of the stack '" + prefix + "' names no " + kind + " " + name));
  }
}
