package dev.cloudmend.assessor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.aws.AwsCallException;
import dev.cloudmend.aws.AwsReader;
import dev.cloudmend.aws.ConfigRules;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.playbooks.Catalogue;
import dev.cloudmend.playbooks.Playbook;
import dev.cloudmend.playbooks.PlaybookDiagnosis;
import dev.cloudmend.store.Store;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a finding means that names its resource or its check by something that only the live account
 * knows: IAM's unique ids, and names that people gave to rules of AWS Config.
 */
final class Meaning {

  private static final String CONFIG = "config";

  private final Catalogue catalogue;
  private final Function<String, AwsReader> accounts;
  private final ConfigRules rules;
  private final Store store;

  Meaning(
      Catalogue catalogue, Function<String, AwsReader> accounts, ConfigRules rules, Store store) {
    this.catalogue = catalogue;
    this.accounts = accounts;
    this.rules = rules;
    this.store = store;
  }

  /** What a finding means. */
  sealed interface Meant {}

  /** The incident, by the names that everybody uses; stored so where it was received otherwise. */
  record Known(Incident incident) implements Meant {}

  /** The account does not know what the finding names. */
  record Unknown(Outcome outcome, String reason) implements Meant {}

  /**
   * Asks the account where it has to be asked.
   *
   * @throws AwsCallException when it does not tell
   */
  Meant of(Incident received) {
    Meant resource = named(received);
    if (!(resource instanceof Known(Incident named))) {
      return resource;
    }
    Incident meant = answered(named);
    if (!meant.equals(received)) {
      store.incidents().resolved(meant.incidentId(), meant);
    }
    return new Known(meant);
  }

  private Meant named(Incident incident) {
    Finding finding = incident.finding();
    ResourceRef resource = finding.resource();
    Optional<String> id = UniqueIds.of(finding);
    if (resource == null || id.isEmpty()) {
      return new Known(incident);
    }
    Set<String> arns = UniqueIds.arnsOf(resource, id.get(), accounts.apply(resource.account()));
    return switch (arns.size()) {
      case 0 ->
          new Unknown(
              Outcome.RESOURCE_NOT_FOUND,
              "nothing in account " + resource.account() + " has the unique id " + id.get());
      case 1 -> {
        Arn arn = Arn.parse(arns.iterator().next());
        yield new Known(
            with(
                incident,
                incident.playbook(),
                new ResourceRef(arn, resource.account(), resource.region()),
                finding.facts()));
      }
      default ->
          new Unknown(
              Outcome.BLOCKED,
              "the unique id "
                  + id.get()
                  + " is also somebody's name, so nobody knows which is meant: "
                  + String.join(", ", arns));
    };
  }

  private Incident answered(Incident incident) {
    Finding finding = incident.finding();
    ResourceRef resource = finding.resource();
    String name = finding.facts().path("configRuleName").asText("");
    if (incident.playbook() != null
        || resource == null
        || !finding.source().equals(CONFIG)
        || name.isEmpty()) {
      return incident;
    }
    ObjectNode facts = finding.facts().deepCopy();
    facts.remove(PlaybookDiagnosis.RULE_NOT_READ);
    @Nullable String playbook = null;
    try {
      Optional<String> rule =
          rules.managedRule(resource.account(), region(finding, resource), name);
      rule.ifPresent(identifier -> facts.put("sourceIdentifier", identifier));
      playbook =
          rule.stream()
              .flatMap(identifier -> catalogue.byCheck(identifier).stream())
              .map(Playbook::info)
              .map(info -> info.id())
              .findFirst()
              .orElse(null);
    } catch (AwsCallException e) {
      if (e.isPassing()) {
        throw e;
      }
      facts.put(PlaybookDiagnosis.RULE_NOT_READ, String.valueOf(e.getMessage()));
    }
    return with(incident, playbook, resource, facts);
  }

  /** The rule's own region: resources of IAM are in none, and rules about them in each. */
  private static String region(Finding finding, ResourceRef resource) {
    return rule(finding)
        .filter(rule -> rule.service().equals(CONFIG) && rule.account().equals(resource.account()))
        .map(Arn::region)
        .filter(region -> !region.isEmpty())
        .orElse(resource.region());
  }

  private static Optional<Arn> rule(Finding finding) {
    try {
      return Optional.of(Arn.parse(finding.facts().path("configRuleARN").asText("")));
    } catch (ModelException e) {
      return Optional.empty();
    }
  }

  private static Incident with(
      Incident incident, @Nullable String playbook, ResourceRef resource, ObjectNode facts) {
    Finding finding = incident.finding();
    return new Incident(
        incident.incidentId(),
        playbook,
        new Finding(
            finding.eventId(),
            finding.source(),
            finding.check(),
            finding.title(),
            finding.severity(),
            finding.frameworks(),
            resource,
            finding.observedAt(),
            finding.actor(),
            facts),
        incident.outcome(),
        incident.reason(),
        incident.run(),
        incident.earlier());
  }
}
