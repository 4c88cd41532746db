/**
 * One address that speaks AWS: some calls are answered here, all others by an emulator behind it.
 */
@NullMarked
package dev.cloudmend.endpoint;

import org.jspecify.annotations.NullMarked;
