/** Finds the place of a resource in Terraform source, and edits nothing but that place. */
@NullMarked
package dev.cloudmend.terraform;

import org.jspecify.annotations.NullMarked;
