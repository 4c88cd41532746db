package dev.cloudmend.propener;

import java.util.Optional;

/**
 * What Claude says to a block, with what was redacted put back.
 *
 * @param text the new block; empty where Claude writes none
 * @param explanation printable and bounded; Claude's words, and so not to be trusted
 */
record BlockAnswer(Optional<String> text, String explanation) {}
