/** A look at live resources without any event: reads alone, and nothing is kept. */
@NullMarked
package dev.cloudmend.local.assess;

import org.jspecify.annotations.NullMarked;
