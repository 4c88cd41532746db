/** How long things take, measured side by side in one run. */
@NullMarked
package dev.cloudmend.benchmarks;

import org.jspecify.annotations.NullMarked;
