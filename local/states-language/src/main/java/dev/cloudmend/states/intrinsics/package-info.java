/**
 * Values that a definition computes: intrinsic functions ({@code States.Format(…)}) and payload
 * templates ({@code "name.$"} fields).
 */
@NullMarked
package dev.cloudmend.states.intrinsics;

import org.jspecify.annotations.NullMarked;
