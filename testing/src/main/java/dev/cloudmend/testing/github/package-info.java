/**
 * GitHub's REST API as a local server that keeps repositories in memory: what tests and the local
 * suite open pull requests against.
 */
@NullMarked
package dev.cloudmend.testing.github;

import org.jspecify.annotations.NullMarked;
