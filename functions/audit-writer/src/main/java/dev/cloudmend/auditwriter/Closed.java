package dev.cloudmend.auditwriter;

import dev.cloudmend.model.Outcome;

/**
 * The end of an incident, as the state machine keeps it.
 *
 * @param incidentId the incident
 * @param outcome how it ended
 */
public record Closed(String incidentId, Outcome outcome) {}
