/**
 * Calls of AWS APIs as data, and the clients that make them: {@link dev.cloudmend.model.ApiCall} to
 * SDK request and back, the read-only guard, and the one place where clients of target accounts are
 * built.
 */
@NullMarked
package dev.cloudmend.aws;

import org.jspecify.annotations.NullMarked;
