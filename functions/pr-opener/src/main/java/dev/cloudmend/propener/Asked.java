package dev.cloudmend.propener;

import dev.cloudmend.function.IncidentState;
import dev.cloudmend.pullrequests.RepositoryName;
import dev.cloudmend.sourcefixes.FixRequest;
import dev.cloudmend.store.IncidentRecord;

/**
 * An incident whose fix is asked for.
 *
 * @param repository where the source of its resource is
 * @param answers how it ends
 */
record Asked(
    IncidentState state,
    IncidentRecord record,
    FixRequest request,
    RepositoryName repository,
    Answers answers) {

  boolean dry() {
    return answers.dry();
  }

  String incidentId() {
    return state.incidentId();
  }

  String actor() {
    return state.run().actor();
  }
}
