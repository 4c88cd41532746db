package dev.cloudmend.store;

import java.time.Instant;

/**
 * That a person took a fix back.
 *
 * @param by who
 * @param at when
 * @param incidentId the incident whose fix it was
 */
public record UndoMark(String by, Instant at, String incidentId) {}
