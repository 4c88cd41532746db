@NullMarked
package dev.cloudmend.endpoint.spool;

import org.jspecify.annotations.NullMarked;
