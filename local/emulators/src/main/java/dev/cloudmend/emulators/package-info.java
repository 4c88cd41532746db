/**
 * What stands in for AWS on one machine: DynamoDB Local for the suite's own tables, and moto or
 * LocalStack for the account that is mended. Servers listen on the loopback address only.
 */
@NullMarked
package dev.cloudmend.emulators;

import org.jspecify.annotations.NullMarked;
