package dev.cloudmend.sourcefixes;

/**
 * A text that shall take a block's place, as somebody wrote it.
 *
 * @param text the whole block, as {@code terraform fmt} prints it at the first column
 * @param author who wrote it: a model's id
 * @param explanation what it changes and why, in the author's words
 */
public record BlockProposal(String text, String author, String explanation) {}
