package dev.cloudmend.store;

import java.time.Instant;

/**
 * The right to work on one resource, for a while.
 *
 * @param targetKey the resource, {@link dev.cloudmend.model.Target#key()}
 * @param owner who has it
 * @param expiresAt when it ends by itself, in whole seconds
 */
public record Lease(String targetKey, String owner, Instant expiresAt) {}
