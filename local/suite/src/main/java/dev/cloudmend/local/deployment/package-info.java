/** A deployed suite, reached from this machine. */
@NullMarked
package dev.cloudmend.local.deployment;

import org.jspecify.annotations.NullMarked;
