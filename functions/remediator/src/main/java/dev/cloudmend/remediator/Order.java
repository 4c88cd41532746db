package dev.cloudmend.remediator;

import dev.cloudmend.model.Change;

/**
 * An agreed change that is to be made.
 *
 * @param incidentId the incident that it belongs to
 * @param kind {@link dev.cloudmend.store.Intent#APPLY} or {@link dev.cloudmend.store.Intent#UNDO}
 * @param change what to do
 * @param isAgreed whether a person agreed to this very change; then the budget counts it and does
 *     not refuse it
 * @param actor who stands behind it
 */
record Order(String incidentId, String kind, Change change, boolean isAgreed, String actor) {}
