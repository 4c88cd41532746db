@NullMarked
package dev.cloudmend.sourcefixes;

import org.jspecify.annotations.NullMarked;
