/** Takes out of a question what Claude need not know, and puts it back into the answer. */
@NullMarked
package dev.cloudmend.claude.redaction;

import org.jspecify.annotations.NullMarked;
