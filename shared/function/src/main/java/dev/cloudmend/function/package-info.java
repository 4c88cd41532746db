/**
 * What every Lambda function of the suite shares: reading and writing JSON around a core that knows
 * no Lambda, logs and metrics, settings, and the state that the state machine carries from function
 * to function.
 */
@NullMarked
package dev.cloudmend.function;

import org.jspecify.annotations.NullMarked;
