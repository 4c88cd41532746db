package dev.cloudmend.terraform.project;

import dev.cloudmend.terraform.hcl.Expression;
import dev.cloudmend.terraform.hcl.HclFile;
import java.util.List;

/**
 * Where a value is written out.
 *
 * @param file the file
 * @param expression the text, number, boolean, list or object
 * @param by the way from the place of use to here: empty where it is written there, else such as
 *     {@code var.encrypted}, {@code module.logs in main.tf:3}
 */
public record Origin(HclFile file, Expression expression, List<String> by) {

  public Origin {
    by = List.copyOf(by);
  }

  /** Whether it is written where it is used. */
  public boolean isInPlace() {
    return by.isEmpty();
  }

  /** The line of its first character, from 1. */
  public int line() {
    return file.position(expression.span().start()).line();
  }
}
