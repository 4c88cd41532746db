/** An AWS account in memory, as far as the playbooks reach. */
@NullMarked
package dev.cloudmend.playbooks.fake;

import org.jspecify.annotations.NullMarked;
