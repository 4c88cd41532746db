package dev.cloudmend.pullrequests;

/**
 * A file in a commit, without its content.
 *
 * @param path from the repository's root
 * @param sha of the blob
 * @param size in bytes
 * @param mode {@code 100644}, {@code 100755} for an executable, {@code 120000} for a symbolic link
 *     (whose content is where it leads)
 */
public record SourceFile(String path, String sha, long size, String mode) {

  /** Whether it is an ordinary file, which a fix may change. */
  public boolean isOrdinary() {
    return mode.equals(FileChange.FILE) || mode.equals(FileChange.EXECUTABLE);
  }
}
