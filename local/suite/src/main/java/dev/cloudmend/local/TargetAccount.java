package dev.cloudmend.local;

import java.net.URI;
import java.util.Optional;

/**
 * The account that a command works on.
 *
 * @param endpoint an emulator, or empty for AWS itself
 * @param region the region for what an event does not say
 * @param profile a named profile of the shared AWS configuration
 */
public record TargetAccount(Optional<URI> endpoint, String region, Optional<String> profile) {}
