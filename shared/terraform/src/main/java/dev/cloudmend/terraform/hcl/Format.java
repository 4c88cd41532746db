package dev.cloudmend.terraform.hcl;

/**
 * What {@code terraform fmt} makes of a file, for places that have no terraform.
 *
 * <p>It answers as Terraform 1.11 does, also where that is odd: a byte order mark, comments between
 * labels and labels with a {@code $} are lost, and a second pass may change what the first one
 * wrote, such as <code>"${"${x}"}"</code>. So it is there to compare with, and nothing should write
 * it over a file that was not clean before.
 */
public final class Format {

  private Format() {}

  /**
   * The text as {@code terraform fmt} prints it.
   *
   * @throws HclException if it is not HCL
   */
  public static String of(String hcl) {
    return of(HclFile.parse("the text", hcl));
  }

  /** The file's text as {@code terraform fmt} prints it. */
  public static String of(HclFile file) {
    return Layout.of(Respelling.of(file, Lexer.tokens(file)));
  }

  /**
   * Whether {@code terraform fmt} would leave the text as it is.
   *
   * @throws HclException if it is not HCL
   */
  public static boolean isClean(String hcl) {
    return of(hcl).equals(hcl);
  }

  /** Whether {@code terraform fmt} would leave the file as it is. */
  public static boolean isClean(HclFile file) {
    return of(file).equals(file.text());
  }
}
