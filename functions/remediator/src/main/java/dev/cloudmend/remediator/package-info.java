/**
 * The one place that writes to a target account: applies an agreed change, reads it back, and takes
 * it back on request.
 */
@NullMarked
package dev.cloudmend.remediator;

import org.jspecify.annotations.NullMarked;
