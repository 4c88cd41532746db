/** What accounts, roles and tables have in AWS, and the emulators do not. */
@NullMarked
package dev.cloudmend.endpoint.account;

import org.jspecify.annotations.NullMarked;
