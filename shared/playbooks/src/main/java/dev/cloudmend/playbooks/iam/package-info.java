/** Playbooks for AWS IAM. */
@NullMarked
package dev.cloudmend.playbooks.iam;

import org.jspecify.annotations.NullMarked;
