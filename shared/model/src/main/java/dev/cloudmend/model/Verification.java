package dev.cloudmend.model;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The reading back of a change.
 *
 * @param holds whether the after-state was seen
 * @param reads how often it was looked for
 * @param expected the change's own after-state
 * @param observed the same part of the live state at the last look
 */
public record Verification(boolean holds, int reads, JsonNode expected, JsonNode observed) {}
