package dev.cloudmend.pullrequests;

/**
 * A repository as GitHub describes it.
 *
 * @param name as it is called now
 * @param defaultBranch where it has commits, this one is there
 * @param isArchived whether nobody can write to it
 */
public record Repository(RepositoryName name, Branch defaultBranch, boolean isArchived) {}
