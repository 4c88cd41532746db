package dev.cloudmend.sourcefixes;

import java.util.function.Predicate;

/**
 * That blocks may be written anew where no rule mends them.
 *
 * @param author who writes
 * @param isSecret whether a text holds what looks like a secret: then a block is not shown to the
 *     author, and an answer is not taken. It is given comments, and literals as {@code name =
 *     "value"}
 */
public record Authoring(BlockAuthor author, Predicate<String> isSecret) {}
