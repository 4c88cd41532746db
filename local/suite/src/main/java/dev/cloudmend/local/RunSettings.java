package dev.cloudmend.local;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a run is to work.
 *
 * @param live the run's switch
 * @param asksClaude whether Claude is asked for diagnoses
 * @param bedrockEndpoint a server to ask instead of Amazon Bedrock
 * @param configuration the configuration file; absent = the built-in configuration
 * @param policy a policy file in place of the configuration's policy
 * @param github where pull requests are opened
 */
public record RunSettings(
    boolean live,
    boolean asksClaude,
    Optional<URI> bedrockEndpoint,
    Optional<Path> configuration,
    Optional<Path> policy,
    GitHubAccess github) {

  /** Without pull requests. */
  public RunSettings(
      boolean live,
      boolean asksClaude,
      Optional<URI> bedrockEndpoint,
      Optional<Path> configuration,
      Optional<Path> policy) {
    this(live, asksClaude, bedrockEndpoint, configuration, policy, GitHubAccess.NONE);
  }

  /** The built-in configuration, and the playbooks' own diagnoses. */
  public static RunSettings of(boolean live) {
    return new RunSettings(live, false, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The same with another way to GitHub. */
  public RunSettings with(GitHubAccess access) {
    return new RunSettings(live, asksClaude, bedrockEndpoint, configuration, policy, access);
  }

  /** The functions' settings, by property name. */
  Map<String, Object> properties() {
    var properties = new HashMap<String, Object>(github.properties());
    properties.put("cloudmend.live", String.valueOf(live));
    properties.put("cloudmend.diagnoser", asksClaude ? "claude" : "playbook");
    bedrockEndpoint.ifPresent(uri -> properties.put("cloudmend.bedrock.endpoint", uri.toString()));
    configuration.ifPresent(file -> properties.put("cloudmend.configuration", file.toString()));
    policy.ifPresent(file -> properties.put("cloudmend.policy", file.toString()));
    return properties;
  }
}
