/** Leads from a finding to one pull request that mends the Terraform source of its resource. */
@NullMarked
package dev.cloudmend.sourcefixes;

import org.jspecify.annotations.NullMarked;
