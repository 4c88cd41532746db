/** Step Functions: machines lie in the emulator, executions run and are answered here. */
@NullMarked
package dev.cloudmend.endpoint.states;

import org.jspecify.annotations.NullMarked;
