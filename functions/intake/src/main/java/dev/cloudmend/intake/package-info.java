/**
 * Turns an event into incidents. Pure: it makes no call; what it cannot read it refuses with every
 * problem it saw.
 */
@NullMarked
package dev.cloudmend.intake;

import org.jspecify.annotations.NullMarked;
