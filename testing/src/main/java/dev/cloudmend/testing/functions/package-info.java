/** What the tests of the functions share: a store with fresh tables, a clock, a Lambda call. */
@NullMarked
package dev.cloudmend.testing.functions;

import org.jspecify.annotations.NullMarked;
