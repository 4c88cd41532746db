/**
 * Runs one execution: a single thread owns its state, tasks run on threads of their own and report
 * back.
 */
@NullMarked
package dev.cloudmend.states.engine;

import org.jspecify.annotations.NullMarked;
