package dev.cloudmend.githost;

import dev.cloudmend.model.Text;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.stream.Collectors;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;

/**
 * Writes what a pull request says where git keeps a branch's description.
 *
 * @see <a
 *     href="https://git-scm.com/docs/git-config#Documentation/git-config.txt-branchltnamegtdescription">
 *     branch.&lt;name&gt;.description</a>
 */
final class Descriptions {

  private static final System.Logger LOG = System.getLogger(Descriptions.class.getName());

  private final Storage storage;

  /**
   * @param storage a clone's configuration is nobody's to read: nothing is written there
   */
  Descriptions(Storage storage) {
    this.storage = storage;
  }

  /** Where the configuration cannot be written, the pull request is open all the same. */
  synchronized void describe(HostedPullRequest pull) {
    if (storage.remote().isPresent()) {
      return;
    }
    Repository git = storage.git();
    try {
      StoredConfig config = git.getConfig();
      config.load();
      config.setString(
          ConfigConstants.CONFIG_BRANCH_SECTION, pull.head(), "description", text(pull));
      config.save();
    } catch (IOException | ConfigInvalidException e) {
      LOG.log(
          Level.WARNING,
          "the description of a branch could not be written: " + e.getClass().getName());
    }
  }

  // git prints it on terminals.
  private static String text(HostedPullRequest pull) {
    return (pull.title() + "\n\n" + pull.body())
            .lines()
            .map(line -> Text.shown(line.replace("\t", "    "), Integer.MAX_VALUE))
            .collect(Collectors.joining("\n"))
        + "\n";
  }
}
