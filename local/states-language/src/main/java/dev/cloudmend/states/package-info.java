/**
 * An interpreter of the Amazon States Language (JSONPath): {@link dev.cloudmend.states.Interpreter}
 * runs what {@link dev.cloudmend.states.definition.StateMachineDefinition} has read.
 *
 * <p>It knows the language and nothing of what a machine is for. Supported: all eight state types,
 * Retry and Catch, input and output processing, intrinsic functions, the context object, inline
 * Map, and executions that outlive the process at task tokens. Refused by name when a definition is
 * read: JSONata and variables, distributed Map, activities, {@code .sync} integrations,
 * Credentials.
 *
 * <p>Where the service and its documentation differ, or the language leaves a choice:
 *
 * <ul>
 *   <li>A path that leads nowhere is {@code States.Runtime}, which nothing catches, as the service
 *       does; the documentation's {@code States.ParameterPathFailure} is never reported.
 *   <li>{@code States.ALL} does not catch {@code States.DataLimitExceeded}, as documented; the
 *       service has been seen to do so for a task's result.
 *   <li>A Catcher's output has no {@code Cause} where there is none, for example after a time-out.
 *   <li>{@code States.MathRandom} with a seed gives the same number every time, but not the
 *       service's.
 * </ul>
 */
@NullMarked
package dev.cloudmend.states;

import org.jspecify.annotations.NullMarked;
