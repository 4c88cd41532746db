/** EventBridge: takes events, matches the deployed rules, delivers to their targets. */
@NullMarked
package dev.cloudmend.endpoint.events;

import org.jspecify.annotations.NullMarked;
