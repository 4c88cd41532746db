package dev.cloudmend.pullrequests;

import java.util.Set;

/** What becomes of one file. */
public sealed interface FileChange {

  /** The mode of an ordinary file. */
  String FILE = "100644";

  /** The mode of a file that may be run. */
  String EXECUTABLE = "100755";

  /** From the repository's root. */
  String path();

  /**
   * The file has this content afterwards, whether it was there or not.
   *
   * @param content the whole text, written as UTF-8
   * @param mode {@link #FILE} or {@link #EXECUTABLE}; a link or a submodule is never written
   */
  record Write(String path, String content, String mode) implements FileChange {

    private static final Set<String> MODES = Set.of(FILE, EXECUTABLE);

    /**
     * @throws IllegalArgumentException when the path leaves the source of the repository
     */
    public Write {
      SourcePath.require(path);
      if (!MODES.contains(mode)) {
        throw new IllegalArgumentException("a file is written with mode 100644 or 100755");
      }
    }
  }

  /** The file is no longer there. */
  record Delete(String path) implements FileChange {

    /**
     * @throws IllegalArgumentException when the path leaves the source of the repository
     */
    public Delete {
      SourcePath.require(path);
    }
  }
}
