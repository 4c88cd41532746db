package dev.cloudmend.configuration;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.configuration.policy.Policy;
import dev.cloudmend.configuration.policy.PolicyInput;
import dev.cloudmend.model.Breaker;
import dev.cloudmend.model.CanonicalJson;
import dev.cloudmend.model.Diagnosis.Confidence;
import dev.cloudmend.model.Diagnosis.Origin;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Limits;
import dev.cloudmend.playbooks.Baselines;
import dev.cloudmend.playbooks.PlaybookInfo;
import dev.cloudmend.pullrequests.RepositoryMapping;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The configuration of the suite: the file {@code cloudmend.yaml}, or what holds without one.
 *
 * @param policy who has to agree to what
 * @param baselines the targets that playbooks aim at
 * @param trustedSenders accounts whose events may speak of other accounts
 * @param ownRoleArns roles whose changes are Cloudmend's own
 * @param breakGlassPrincipals ARNs of users and roles for emergencies: what they changed is never
 *     changed back without a yes
 * @param limits how many live changes are made by themselves
 * @param breaker when a fix that is taken back each time is no longer made by itself
 * @param diagnoser how Claude is asked
 * @param pullRequests where fixes are proposed to the source, and how
 * @param hash {@code sha256:} and hex, over the canonical JSON of everything above as it holds
 */
public record Configuration(
    Policy policy,
    Baselines baselines,
    List<String> trustedSenders,
    List<String> ownRoleArns,
    List<String> breakGlassPrincipals,
    Limits limits,
    Breaker breaker,
    Diagnoser diagnoser,
    PullRequests pullRequests,
    String hash) {

  public Configuration {
    trustedSenders = List.copyOf(trustedSenders);
    ownRoleArns = List.copyOf(ownRoleArns);
    breakGlassPrincipals = List.copyOf(breakGlassPrincipals);
  }

  /**
   * How Claude is asked.
   *
   * @param model the id of a model or inference profile; absent = Claude Sonnet 4.5 through the
   *     profile that fits the region
   * @param redactNames whether names of buckets and hosts are redacted too
   */
  public record Diagnoser(Optional<String> model, boolean redactNames) {}

  /**
   * Where fixes are proposed to the source, and how.
   *
   * @param repositories which repository holds the source of a resource; without an entry none is
   *     proposed
   * @param masksAccounts whether a pull request shows only the last four digits of account ids
   * @param breakingToo whether edits that may cut traffic or replace a resource are proposed too,
   *     as drafts
   * @param asksClaude whether Claude may write the text of a block that no rule can mend, as a
   *     draft
   */
  public record PullRequests(
      RepositoryMapping repositories,
      boolean masksAccounts,
      boolean breakingToo,
      boolean asksClaude) {

    /** No repository. */
    public static final PullRequests NONE =
        new PullRequests(new RepositoryMapping(List.of()), false, false, false);
  }

  /** What holds where there is no file. */
  public static Configuration builtIn() {
    return of(
        Policy.BUILT_IN,
        Baselines.DEFAULT,
        List.of(),
        List.of(),
        List.of(),
        Limits.DEFAULT,
        Breaker.DEFAULT,
        new Diagnoser(Optional.empty(), true),
        PullRequests.NONE);
  }

  /**
   * Reads the configuration.
   *
   * @param file {@code cloudmend.yaml}; absent = the built-in configuration
   * @param policyFile a policy file that takes the place of the configuration's policy
   * @throws ConfigurationException with every problem of both files
   */
  public static Configuration read(Optional<Path> file, Optional<Path> policyFile) {
    return new ConfigurationReader()
        .read(file.map(YamlDocument::read), policyFile.map(YamlDocument::read));
  }

  /**
   * Reads a configuration that did not come from a file.
   *
   * @throws ConfigurationException with every problem
   */
  public static Configuration read(YamlDocument document) {
    return new ConfigurationReader().read(Optional.of(document), Optional.empty());
  }

  /** Whether a principal for emergencies made a change: it is listed, or its role is. */
  public boolean isBreakGlass(Finding.Actor actor) {
    return breakGlassPrincipals.contains(actor.principal())
        || (actor.role() != null && breakGlassPrincipals.contains(actor.role()));
  }

  /**
   * What the policy is asked about a planned fix.
   *
   * @param suggested whether Claude suggested the playbook, because none answers to the finding
   * @param origin who wrote the diagnosis
   * @param confidence how sure its author is
   */
  public PolicyInput policyInput(
      Finding finding,
      PlaybookInfo playbook,
      boolean suggested,
      Origin origin,
      Confidence confidence) {
    boolean breakGlass = finding.actor() != null && isBreakGlass(finding.actor());
    boolean mapped =
        finding.resource() != null && pullRequests.repositories().mayHold(finding.resource());
    return new PolicyInput(finding, playbook, suggested, origin, confidence, breakGlass, mapped);
  }

  /** The same with another policy. */
  Configuration with(Policy other) {
    return of(
        other,
        baselines,
        trustedSenders,
        ownRoleArns,
        breakGlassPrincipals,
        limits,
        breaker,
        diagnoser,
        pullRequests);
  }

  static Configuration of(
      Policy policy,
      Baselines baselines,
      List<String> trustedSenders,
      List<String> ownRoleArns,
      List<String> breakGlassPrincipals,
      Limits limits,
      Breaker breaker,
      Diagnoser diagnoser,
      PullRequests pullRequests) {
    ObjectNode effective = Json.object();
    effective.set("policy", policy.tree());
    effective.set("baselines", Json.toTree(baselines));
    sorted(effective.putArray("trustedSenders"), trustedSenders);
    sorted(effective.putArray("ownRoleArns"), ownRoleArns);
    sorted(effective.putArray("breakGlassPrincipals"), breakGlassPrincipals);
    effective
        .putObject("limits")
        .put("perAccount", limits.perAccount())
        .put("perPlaybook", limits.perPlaybook())
        .put("total", limits.total())
        .put("window", limits.window().toString());
    effective
        .putObject("breaker")
        .put("fixes", breaker.fixes())
        .put("window", breaker.window().toString());
    ObjectNode asked = effective.putObject("diagnoser").put("redactNames", diagnoser.redactNames());
    diagnoser.model().ifPresent(model -> asked.put("model", model));
    effective.set("pullRequests", PullRequestsTree.of(pullRequests));
    return new Configuration(
        policy,
        baselines,
        trustedSenders,
        ownRoleArns,
        breakGlassPrincipals,
        limits,
        breaker,
        diagnoser,
        pullRequests,
        CanonicalJson.hash(effective));
  }

  private static void sorted(ArrayNode array, List<String> values) {
    values.stream().sorted().forEach(array::add);
  }
}
