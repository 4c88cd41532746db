@NullMarked
package dev.cloudmend.emulators;

import org.jspecify.annotations.NullMarked;
