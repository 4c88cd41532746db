/** Rules that say who has to agree to a fix, matched as EventBridge matches patterns. */
@NullMarked
package dev.cloudmend.configuration.policy;

import org.jspecify.annotations.NullMarked;
