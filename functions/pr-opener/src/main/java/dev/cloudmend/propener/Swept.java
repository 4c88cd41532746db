package dev.cloudmend.propener;

/**
 * What a sweep found and did.
 *
 * @param read the pull requests that were read back
 * @param merged of them, those that were merged
 * @param closed of them, those that a person closed, or that GitHub does not show any more
 * @param edited of them, those that somebody else works on since the last sweep
 * @param withdrawn of them, those that were closed because what they mend is resolved
 * @param failed those that could not be read back
 * @param left those that the next sweep looks at
 */
public record Swept(
    int read, int merged, int closed, int edited, int withdrawn, int failed, int left) {

  static final Swept NONE = new Swept(0, 0, 0, 0, 0, 0, 0);

  /** One more, as it was found to stand. */
  Swept with(Standing standing) {
    return new Swept(
        read + 1,
        merged + (standing == Standing.MERGED ? 1 : 0),
        closed + (standing == Standing.CLOSED ? 1 : 0),
        edited + (standing == Standing.EDITED ? 1 : 0),
        withdrawn + (standing == Standing.WITHDRAWN ? 1 : 0),
        failed,
        left);
  }

  Swept withFailure() {
    return new Swept(read, merged, closed, edited, withdrawn, failed + 1, left);
  }

  Swept leaving(int others) {
    return new Swept(read, merged, closed, edited, withdrawn, failed, others);
  }

  /** What a look at one of them found. */
  enum Standing {
    /** As it was. */
    SAME,
    EDITED,
    MERGED,
    CLOSED,
    WITHDRAWN
  }
}
