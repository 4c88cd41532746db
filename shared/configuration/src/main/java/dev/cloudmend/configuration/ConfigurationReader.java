package dev.cloudmend.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.configuration.Configuration.Diagnoser;
import dev.cloudmend.configuration.Configuration.PullRequests;
import dev.cloudmend.configuration.policy.Policy;
import dev.cloudmend.model.Breaker;
import dev.cloudmend.model.Limits;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.playbooks.Baselines;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the configuration's files, collecting the problems of both. */
final class ConfigurationReader {

  private static final String CONFIGURATION_SCHEMA =
      "/dev/cloudmend/configuration/cloudmend.schema.json";
  private static final String POLICY_SCHEMA = "/dev/cloudmend/configuration/policy.schema.json";
  private static final String BASELINES = "/baselines";

  private final List<ConfigurationProblem> problems = new ArrayList<>();

  Configuration read(Optional<YamlDocument> file, Optional<YamlDocument> policyFile) {
    Configuration configuration = file.map(this::configuration).orElseGet(Configuration::builtIn);
    Optional<Policy> policy = policyFile.map(this::policy);
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    return policy.map(configuration::with).orElse(configuration);
  }

  private Policy policy(YamlDocument document) {
    var found = new ArrayList<>(document.check(POLICY_SCHEMA));
    Policy policy = new PolicyReader(document, found).read("");
    problems.addAll(YamlDocument.inOrder(found));
    return policy;
  }

  private Configuration configuration(YamlDocument document) {
    var found = new ArrayList<>(document.check(CONFIGURATION_SCHEMA));
    JsonNode tree = document.tree();
    Baselines baselines = baselines(document, found);
    var brakes = new BrakesReader(document, found);
    Limits limits = brakes.limits();
    Breaker breaker = brakes.breaker();
    PullRequests pullRequests = new PullRequestsReader(document, found).read();
    Policy policy = new PolicyReader(document, found).read("/policy");
    problems.addAll(YamlDocument.inOrder(found));
    JsonNode model = tree.at("/diagnoser/model");
    return Configuration.of(
        policy,
        baselines,
        texts(tree.path("trustedSenders")),
        texts(tree.path("ownRoleArns")),
        texts(tree.path("breakGlassPrincipals")),
        limits,
        breaker,
        new Diagnoser(
            Optional.ofNullable(model.textValue()),
            tree.at("/diagnoser/redactNames").asBoolean(true)),
        pullRequests);
  }

  private static Baselines baselines(YamlDocument document, List<ConfigurationProblem> found) {
    JsonNode tree = document.tree().at(BASELINES);
    // What the schema refused is not said once more in other words.
    if (tree.isMissingNode() || found.stream().anyMatch(p -> p.pointer().startsWith(BASELINES))) {
      return Baselines.DEFAULT;
    }
    try {
      return Baselines.read(tree);
    } catch (ModelException e) {
      found.add(
          document.problem(
              BASELINES, String.valueOf(e.getMessage()), "targets that playbooks can aim at"));
      return Baselines.DEFAULT;
    }
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().filter(JsonNode::isTextual).map(JsonNode::textValue).toList();
  }
}
