package dev.cloudmend.githost;

import dev.cloudmend.model.CanonicalJson;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache.FileKey;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/** Finds the repository that a location means. */
final class Locations {

  private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.*");

  /** The short form of an ssh URL, which git and GitHub print. */
  private static final Pattern SHORT_SSH = Pattern.compile("[\\w.-]+@[\\w.-]+:[^:]*");

  private Locations() {}

  /**
   * Opens a folder's repository, or the clone of a URL, which is made where it is not there.
   *
   * @param data where clones are kept
   * @throws GitHostException when there is no such repository, or it cannot be read
   */
  static Storage open(Hosted hosted, Path data) {
    if (URL.matcher(hosted.location()).matches()
        || SHORT_SSH.matcher(hosted.location()).matches()) {
      String key = CanonicalJson.sha256(hosted.name() + " " + hosted.location());
      Path folder = data.resolve("clones").resolve(key.substring(0, 16) + ".git");
      Remote remote = Remote.open(hosted, folder);
      return new Storage(remote.local(), Optional.of(remote));
    }
    return new Storage(folder(hosted), Optional.empty());
  }

  private static Repository folder(Hosted hosted) {
    Path folder = path(hosted);
    String expected =
        "; expected a folder with a working copy (it has a .git in it), a bare repository, or a"
            + " URL that begins with https://, ssh:// or file://";
    String what = hosted.name() + ": " + folder;
    if (!Files.exists(folder)) {
      throw new GitHostException(what + " is not there" + expected);
    }
    if (!Files.isDirectory(folder)) {
      throw new GitHostException(what + " is no folder" + expected);
    }
    if (!Files.isReadable(folder) || !Files.isExecutable(folder)) {
      throw new GitHostException(what + " cannot be read by this user" + expected);
    }
    File gitFolder =
        Optional.ofNullable(gitFolder(folder.toFile()))
            .orElseThrow(() -> new GitHostException(what + " is no git repository" + expected));
    try {
      return supported(
          what, new FileRepositoryBuilder().setGitDir(gitFolder).setMustExist(true).build());
    } catch (IOException e) {
      throw new GitHostException(
          what
              + " is no git repository that can be read ("
              + e.getClass().getSimpleName()
              + ")"
              + expected,
          e);
    }
  }

  /** The .git of a working copy (also where that is a file, in linked ones), or a bare one. */
  private static @Nullable File gitFolder(File folder) {
    File inside = FileKey.resolve(folder, FS.DETECTED);
    if (inside != null) {
      return inside;
    }
    FileRepositoryBuilder linked = new FileRepositoryBuilder();
    linked.addCeilingDirectory(folder.getParentFile());
    return linked.findGitDir(folder).getGitDir();
  }

  private static Repository supported(String what, Repository git) {
    String format =
        git.getConfig().getString(ConfigConstants.CONFIG_EXTENSIONS_SECTION, null, "objectFormat");
    if (format != null && !format.equals("sha1")) {
      git.close();
      throw new GitHostException(
          what + " names its objects by " + format + "; only sha1 is understood here");
    }
    return git;
  }

  private static Path path(Hosted hosted) {
    try {
      return Path.of(hosted.location()).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new GitHostException(hosted.name() + ": its location is neither a path nor a URL", e);
    }
  }
}
