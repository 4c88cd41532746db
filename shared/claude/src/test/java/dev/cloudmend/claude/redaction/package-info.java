@NullMarked
package dev.cloudmend.claude.redaction;

import org.jspecify.annotations.NullMarked;
