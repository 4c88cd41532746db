/**
 * Runs inside a function's process. Uses nothing but the JDK: the function brings its own
 * libraries, and none of ours may be seen beside them.
 */
@NullMarked
package dev.cloudmend.endpoint.lambda.runtime;

import org.jspecify.annotations.NullMarked;
