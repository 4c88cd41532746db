package dev.cloudmend.store;

import java.net.URI;
import java.util.Optional;

/**
 * Where the store is.
 *
 * @param auditTable the name of the audit table
 * @param stateTable the name of the state table
 * @param region the region of both
 * @param endpoint another endpoint than AWS's, such as DynamoDB Local's; then dummy credentials are
 *     used where the environment and the profile have none
 */
public record StoreSettings(
    String auditTable, String stateTable, String region, Optional<URI> endpoint) {}
