/** What Claude is asked, redacted, and how its answer is read. Knows no SDK. */
@NullMarked
package dev.cloudmend.diagnoser.prompt;

import org.jspecify.annotations.NullMarked;
