/**
 * Proposes a fix where its resource is declared: one pull request, found again by whoever comes
 * later.
 */
@NullMarked
package dev.cloudmend.propener;

import org.jspecify.annotations.NullMarked;
