/** What was accepted and is not done yet, kept in files so that it outlives the process. */
@NullMarked
package dev.cloudmend.endpoint.spool;

import org.jspecify.annotations.NullMarked;
