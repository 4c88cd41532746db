/** Explains an incident to whoever has to agree to its fix. Calls Claude on Amazon Bedrock. */
@NullMarked
package dev.cloudmend.diagnoser;

import org.jspecify.annotations.NullMarked;
