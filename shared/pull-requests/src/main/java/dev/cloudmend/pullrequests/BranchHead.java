package dev.cloudmend.pullrequests;

import java.util.Optional;

/**
 * Where a branch stands.
 *
 * @param author the login of who wrote its last commit, where GitHub knows whose address it has
 * @param isProtected whether it has a protection; a pull request onto it may be opened all the same
 */
public record BranchHead(
    Branch branch, Commit commit, Optional<String> author, boolean isProtected) {}
