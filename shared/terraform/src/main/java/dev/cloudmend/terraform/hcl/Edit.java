package dev.cloudmend.terraform.hcl;

/**
 * One stretch of text and what takes its place.
 *
 * @param span empty for an insertion
 * @param replacement empty for a removal
 */
public record Edit(Span span, String replacement) {}
