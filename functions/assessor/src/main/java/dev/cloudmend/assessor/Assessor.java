package dev.cloudmend.assessor;

import dev.cloudmend.aws.AccountException;
import dev.cloudmend.aws.AwsCallException;
import dev.cloudmend.aws.AwsReader;
import dev.cloudmend.aws.ConfigRules;
import dev.cloudmend.function.Exempt;
import dev.cloudmend.function.ExemptionCheck;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.function.JsonFunction;
import dev.cloudmend.function.TryAgainException;
import dev.cloudmend.model.Assessment;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.Problem;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.playbooks.Baselines;
import dev.cloudmend.playbooks.Catalogue;
import dev.cloudmend.playbooks.Playbook;
import dev.cloudmend.pullrequests.RepositoryMapping;
import dev.cloudmend.store.IncidentRecord;
import dev.cloudmend.store.Store;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

/** Finding and live state to an outcome, or to a claimed and stored change. */
public final class Assessor {

  private final Catalogue catalogue;
  private final Baselines baselines;
  private final RepositoryMapping repositories;
  private final Function<String, AwsReader> accounts;
  private final Store store;
  private final Meaning meaning;
  private final ExemptionCheck exemptions;
  private final Claiming claiming;
  private final OwnWork ownWork;
  private final Passed passed;

  /**
   * Makes the assessor.
   *
   * @param repositories which repositories hold the source of which resources: whose tags are kept
   * @param accounts reads of an account, by its twelve digits
   * @param rules the rules of AWS Config in those accounts
   * @param clock the time that exemptions end by
   * @param live the run's switch: a dry claim never stands in the way of a live one
   */
  public Assessor(
      Catalogue catalogue,
      Baselines baselines,
      RepositoryMapping repositories,
      Function<String, AwsReader> accounts,
      ConfigRules rules,
      Store store,
      Clock clock,
      boolean live) {
    this.catalogue = catalogue;
    this.baselines = baselines;
    this.repositories = repositories;
    this.accounts = accounts;
    this.store = store;
    this.meaning = new Meaning(catalogue, accounts, rules, store);
    this.exemptions = new ExemptionCheck(store, clock);
    this.claiming = new Claiming(store, live);
    this.ownWork = new OwnWork(store);
    this.passed = new Passed(store);
  }

  /**
   * Assesses one incident.
   *
   * @throws TryAgainException when the account could not be read now and may be later
   */
  public IncidentState assess(IncidentState state) {
    IncidentRecord record =
        JsonFunction.required(
            store.incidents().find(state.incidentId()).orElse(null), "stored incident");
    Incident received = record.incident();
    if (received.outcome() != null && !Passed.speaksOf(received)) {
      return state.ended(received.outcome(), Optional.ofNullable(received.reason()).orElse(""));
    }
    try {
      return switch (meaning.of(received)) {
        case Meaning.Unknown unknown ->
            state.ended(
                received.outcome() == null ? unknown.outcome() : received.outcome(),
                unknown.reason());
        case Meaning.Known known -> settle(state, record, known.incident());
      };
    } catch (AccountException e) {
      return state.ended(Outcome.BLOCKED, String.valueOf(e.getMessage()));
    } catch (AwsCallException e) {
      if (e.isPassing()) {
        throw new TryAgainException(String.valueOf(e.getMessage()), e);
      }
      return state.failed(
          Outcome.FAILED, new Problem("assess", e.code(), String.valueOf(e.getMessage())));
    }
  }

  private IncidentState settle(IncidentState received, IncidentRecord record, Incident incident) {
    // A suggestion never takes the place of a playbook that answers to the finding.
    IncidentState state =
        incident.playbook() == null ? received : received.answered(incident.playbook());
    String id = state.playbook();
    if (id == null) {
      return claiming.unmatched(state, incident);
    }
    Optional<Playbook> known = catalogue.byId(id);
    ResourceRef resource = incident.finding().resource();
    if (known.isEmpty() || resource == null) {
      return state.ended(Outcome.UNSUPPORTED, "there is no playbook '" + id + "' for this");
    }
    Playbook playbook = known.get();
    AwsReader aws = accounts.apply(resource.account());
    if (Passed.speaksOf(incident)) {
      return passed.settle(
          state, incident, playbook, aws, () -> playbook.assess(resource, baselines, aws));
    }
    return switch (playbook.assess(resource, baselines, aws)) {
      case Assessment.Compliant c -> ownWork.compliant(state, record, playbook, accounts);
      case Assessment.NotApplicable n -> state.ended(Outcome.UNSUPPORTED, n.reason());
      case Assessment.NotFound n -> state.ended(Outcome.RESOURCE_NOT_FOUND, n.reason());
      case Assessment.Blocked b -> state.ended(Outcome.BLOCKED, b.reason());
      case Assessment.Violating v -> violating(state, incident, playbook, v.change(), aws);
    };
  }

  private IncidentState violating(
      IncidentState state, Incident incident, Playbook playbook, Change change, AwsReader aws) {
    ExemptionCheck.Answer answer =
        exemptions.ask(state.incidentId(), change.target(), change.playbook(), aws);
    if (answer.exempt().isPresent()) {
      // Else what an earlier attempt claimed would stand in the way when the exemption is over.
      claiming.giveUp(state, incident);
      Exempt exempt = answer.exempt().get();
      return state.ended(exempt.outcome(), exempt.reason());
    }
    IncidentState claimed = claiming.violating(state, incident, playbook.info(), change);
    ResourceRef resource = incident.finding().resource();
    if (claimed.outcome() == null && resource != null && repositories.mayHold(resource)) {
      // A tag may say which repository it is, and who opens pull requests reads no account.
      store.incidents().tagged(state.incidentId(), answer.tags());
    }
    return claimed;
  }
}
