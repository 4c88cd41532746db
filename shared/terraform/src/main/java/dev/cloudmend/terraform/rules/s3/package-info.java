/** Rules about S3 buckets. */
@NullMarked
package dev.cloudmend.terraform.rules.s3;

import org.jspecify.annotations.NullMarked;
