/**
 * Terraform's native syntax (HCL 2), read without loss and edited in place.
 *
 * <p>{@link dev.cloudmend.terraform.hcl.HclFile} keeps the source text as it is; the tree holds
 * {@link dev.cloudmend.terraform.hcl.Span}s into it, and an {@link
 * dev.cloudmend.terraform.hcl.Edit} replaces one span. Nothing is ever printed again, so what no
 * edit names is the same byte for byte.
 */
@NullMarked
package dev.cloudmend.terraform.hcl;

import org.jspecify.annotations.NullMarked;
