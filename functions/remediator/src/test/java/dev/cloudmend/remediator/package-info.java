@NullMarked
package dev.cloudmend.remediator;

import org.jspecify.annotations.NullMarked;
