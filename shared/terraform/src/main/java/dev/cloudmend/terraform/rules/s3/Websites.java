package dev.cloudmend.terraform.rules.s3;

import dev.cloudmend.terraform.project.ResourceBlock;
import dev.cloudmend.terraform.rules.Remedies;
import dev.cloudmend.terraform.rules.Remedy;

/** Tells the buckets that serve a website, whose readers are strangers on purpose. */
final class Websites {

  private Websites() {}

  static Remedy warned(ResourceBlock bucket, Remedy remedy) {
    boolean serves =
        !bucket.nested("website").isEmpty()
            || !Buckets.siblings(bucket, Buckets.WEBSITE).found().isEmpty();
    return serves
        ? Remedies.warning(
            remedy,
            bucket.address()
                + " serves a website: who reads it from S3 itself, and not through CloudFront, is"
                + " cut off")
        : remedy;
  }
}
