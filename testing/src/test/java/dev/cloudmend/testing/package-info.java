@NullMarked
package dev.cloudmend.testing;

import org.jspecify.annotations.NullMarked;
