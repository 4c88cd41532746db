package dev.cloudmend.terraform.hcl;

/**
 * A place as an editor shows it.
 *
 * @param line from 1
 * @param column in code points, from 1; a byte order mark is not counted
 */
public record Position(int line, int column) {

  @Override
  public String toString() {
    return line + ":" + column;
  }
}
