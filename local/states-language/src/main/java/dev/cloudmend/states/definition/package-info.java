/** State machine definitions: read, checked whole, and refused with every problem at once. */
@NullMarked
package dev.cloudmend.states.definition;

import org.jspecify.annotations.NullMarked;
