/**
 * What a deployment costs a month: dated prices times measured figures. An estimate, not a bill.
 */
@NullMarked
package dev.cloudmend.local.cost;

import org.jspecify.annotations.NullMarked;
