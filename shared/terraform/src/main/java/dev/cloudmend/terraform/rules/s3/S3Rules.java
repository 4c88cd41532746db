package dev.cloudmend.terraform.rules.s3;

import dev.cloudmend.terraform.rules.SourceRule;
import java.util.List;
import java.util.stream.Stream;

/** The rules about S3 buckets. */
public final class S3Rules {

  private S3Rules() {}

  /** All of them, in the order in which they are listed. */
  public static List<SourceRule> all() {
    return Stream.of(
            List.of(new PublicAccessBlock()),
            PublicAccessBlockFlag.all(),
            List.of(
                new BucketAcl(),
                new BucketGrants(),
                new AnyPrincipal(),
                new TlsOnly(),
                new DefaultEncryption(),
                new KmsKey(),
                new Versioning(),
                new AccessLogging(),
                new Lifecycle(),
                new AbortedUploads(),
                new Ownership()))
        .<SourceRule>flatMap(List::stream)
        .toList();
  }
}
