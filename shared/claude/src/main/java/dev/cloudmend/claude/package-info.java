/** Asks Claude on Amazon Bedrock, and takes out of a question what Claude need not know. */
@NullMarked
package dev.cloudmend.claude;

import org.jspecify.annotations.NullMarked;
