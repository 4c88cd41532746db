/** The emulated account that one can break without harm. */
@NullMarked
package dev.cloudmend.local.sandbox;

import org.jspecify.annotations.NullMarked;
