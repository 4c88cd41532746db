/**
 * Looks at the live resource, plans the fix as data and claims the incident. Reads the target
 * account, never writes it.
 */
@NullMarked
package dev.cloudmend.assessor;

import org.jspecify.annotations.NullMarked;
