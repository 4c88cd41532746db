/** Rules about IAM. */
@NullMarked
package dev.cloudmend.terraform.rules.iam;

import org.jspecify.annotations.NullMarked;
