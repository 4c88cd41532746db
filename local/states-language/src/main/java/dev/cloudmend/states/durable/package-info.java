/** Where executions are kept while nobody runs them. */
@NullMarked
package dev.cloudmend.states.durable;

import org.jspecify.annotations.NullMarked;
