/**
 * The suite on one machine: the same pattern files, the same state machine definition and the same
 * handlers as deployed, with DynamoDB Local for the tables and an emulator, or a real account, as
 * the target.
 */
@NullMarked
package dev.cloudmend.local;

import org.jspecify.annotations.NullMarked;
