@NullMarked
package dev.cloudmend.function;

import org.jspecify.annotations.NullMarked;
