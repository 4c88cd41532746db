/** Says who has to agree to a planned change, and whether it may be written. */
@NullMarked
package dev.cloudmend.decider;

import org.jspecify.annotations.NullMarked;
