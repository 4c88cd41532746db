/**
 * Misconfigurations in Terraform source: how to see them, and the smallest edit that mends them.
 */
@NullMarked
package dev.cloudmend.terraform.rules;

import org.jspecify.annotations.NullMarked;
