/** The HTTP server that all requests arrive at, and the way on to the emulator. */
@NullMarked
package dev.cloudmend.endpoint.front;

import org.jspecify.annotations.NullMarked;
