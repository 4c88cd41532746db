package dev.cloudmend.terraform.hcl;

/**
 * A comment, which Terraform ignores and people do not.
 *
 * @param span from {@code #}, {@code //} or {@code /*} to its last char, without the line's end
 * @param ownLine whether nothing but blanks stands before it on its line
 */
public record Comment(Span span, boolean ownLine) {}
