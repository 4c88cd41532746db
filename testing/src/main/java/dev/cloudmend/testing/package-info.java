/**
 * What integration tests share: an emulated account, the same for all test classes of a run, and a
 * proxy in front of it that records requests and makes faults.
 */
@NullMarked
package dev.cloudmend.testing;

import org.jspecify.annotations.NullMarked;
