@NullMarked
package dev.cloudmend.endpoint.events;

import org.jspecify.annotations.NullMarked;
