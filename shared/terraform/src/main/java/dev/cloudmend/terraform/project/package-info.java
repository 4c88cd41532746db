/** Terraform source as modules: what is declared where, and what a value is. */
@NullMarked
package dev.cloudmend.terraform.project;

import org.jspecify.annotations.NullMarked;
