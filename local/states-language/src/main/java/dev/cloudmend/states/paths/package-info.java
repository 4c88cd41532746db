/**
 * Reading and writing parts of a state's data: JSONPath as the States Language uses it, reference
 * paths, and the errors that a state may end with.
 */
@NullMarked
package dev.cloudmend.states.paths;

import org.jspecify.annotations.NullMarked;
