/** Asks Claude on Amazon Bedrock. */
@NullMarked
package dev.cloudmend.claude;

import org.jspecify.annotations.NullMarked;
