package dev.cloudmend.terraform.hcl;

/**
 * A file that is not HCL, or an edit that cannot be made. The message names file, line, column and
 * what was expected.
 */
public class HclException extends RuntimeException {

  private final String path;
  private final Position position;
  private final String what;
  private final String expected;

  /**
   * Names the place and the two halves of the reason.
   *
   * @param what what was found
   * @param expected what would have been right
   */
  public HclException(String path, Position position, String what, String expected) {
    super(path + ":" + position + ": " + what + "; expected " + expected);
    this.path = path;
    this.position = position;
    this.what = what;
    this.expected = expected;
  }

  /** The file's path, as it was given. */
  public String path() {
    return path;
  }

  /** Where in the file. */
  public Position position() {
    return position;
  }

  /** The line, from 1. */
  public int line() {
    return position.line();
  }

  /** The column, from 1. */
  public int column() {
    return position.column();
  }

  /** What was found. */
  public String what() {
    return what;
  }

  /** What was expected instead. */
  public String expected() {
    return expected;
  }
}
