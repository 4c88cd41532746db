package dev.cloudmend.terraform.hcl;

/**
 * A label of a block.
 *
 * @param span with the quotes, if it has them
 * @param value without quotes and escapes
 * @param quoted whether it is written in quotes
 */
public record Label(Span span, String value, boolean quoted) {}
