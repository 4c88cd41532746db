/** From a resource in an account to the block that declares it. */
@NullMarked
package dev.cloudmend.terraform.locate;

import org.jspecify.annotations.NullMarked;
