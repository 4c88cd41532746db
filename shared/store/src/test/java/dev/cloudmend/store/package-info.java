@NullMarked
package dev.cloudmend.store;

import org.jspecify.annotations.NullMarked;
