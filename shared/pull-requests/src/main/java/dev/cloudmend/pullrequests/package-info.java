/** Reads files of a repository, and opens, updates and closes one pull request for one fix. */
@NullMarked
package dev.cloudmend.pullrequests;

import org.jspecify.annotations.NullMarked;
