package dev.cloudmend.githost;

import java.util.Optional;
import org.eclipse.jgit.lib.Repository;

/**
 * Where a repository's objects and branches lie.
 *
 * @param remote what it is a clone of; empty where it is the repository itself
 */
record Storage(Repository git, Optional<Remote> remote) implements AutoCloseable {

  @Override
  public void close() {
    git.close();
  }
}
