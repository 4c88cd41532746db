package dev.cloudmend.store;

/**
 * What a claim is for.
 *
 * @param targetKey the resource, {@link dev.cloudmend.model.Target#key()}
 * @param playbook the playbook's id
 * @param fingerprint the live state, {@link dev.cloudmend.model.Change#fingerprint()}
 * @param live whether the run may write; a dry run's claim never stands in the way of a live one
 */
public record ClaimKey(String targetKey, String playbook, String fingerprint, boolean live) {}
