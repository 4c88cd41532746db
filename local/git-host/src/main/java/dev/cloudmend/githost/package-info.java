/**
 * Serves git repositories of one machine with the part of GitHub's REST API that pull requests
 * need.
 */
@NullMarked
package dev.cloudmend.githost;

import org.jspecify.annotations.NullMarked;
