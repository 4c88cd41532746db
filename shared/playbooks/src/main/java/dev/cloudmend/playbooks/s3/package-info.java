/** Playbooks for Amazon S3 buckets. */
@NullMarked
package dev.cloudmend.playbooks.s3;

import org.jspecify.annotations.NullMarked;
