package dev.cloudmend.terraform.rules.s3;

import dev.cloudmend.terraform.hcl.Body;
import dev.cloudmend.terraform.project.ResourceBlock;
import dev.cloudmend.terraform.project.Value;
import dev.cloudmend.terraform.rules.PolicyDocument;
import dev.cloudmend.terraform.rules.PolicyStatement;
import dev.cloudmend.terraform.rules.RuleSettings;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells the buckets that access logs are delivered to. They are not logged themselves, and S3
 * delivers no logs to a bucket that it needs a key of KMS for.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html">Enabling
 *     Amazon S3 server access logging</a>
 */
final class LogBuckets {

  private static final String DELIVERY = "http://acs.amazonaws.com/groups/s3/LogDelivery";
  private static final String SERVICE = "logging.s3.amazonaws.com";

  private LogBuckets() {}

  static boolean holds(ResourceBlock bucket, RuleSettings settings) {
    return isConfigured(bucket, settings)
        || isTarget(bucket)
        || hasAcl(bucket)
        || hasPolicy(bucket);
  }

  static boolean isConfigured(ResourceBlock bucket, RuleSettings settings) {
    Optional<String> name = bucket.value("bucket").text();
    return name.isPresent() && name.equals(settings.logBucket());
  }

  private static boolean isTarget(ResourceBlock bucket) {
    Stream<ResourceBlock> split = bucket.module().resources(Buckets.LOGGING).stream();
    return split.anyMatch(logging -> targets(logging, logging.block().body(), bucket))
        || Buckets.in(bucket.module()).stream()
            .anyMatch(
                other ->
                    other.nested("logging").stream()
                        .anyMatch(logging -> targets(other, logging, bucket)));
  }

  private static boolean targets(ResourceBlock from, Body logging, ResourceBlock bucket) {
    return logging
        .attribute("target_bucket")
        .filter(target -> Buckets.names(from, target.value(), bucket))
        .isPresent();
  }

  private static boolean hasAcl(ResourceBlock bucket) {
    return Stream.concat(Stream.of(bucket), Buckets.siblings(bucket, Buckets.ACL).found().stream())
        .anyMatch(
            acl ->
                acl.value("acl").text().filter("log-delivery-write"::equals).isPresent()
                    || Grants.of(acl).stream()
                        .anyMatch(grant -> grant.uri().filter(DELIVERY::equals).isPresent()));
  }

  private static boolean hasPolicy(ResourceBlock bucket) {
    return Stream.concat(
            Stream.of(bucket), Buckets.siblings(bucket, Buckets.POLICY).found().stream())
        .flatMap(resource -> PolicyDocument.of(resource, "policy").stream())
        .flatMap(policy -> policy.statements().stream())
        .anyMatch(LogBuckets::letsDeliver);
  }

  private static boolean letsDeliver(PolicyStatement statement) {
    return statement.allows()
        && statement.principal() instanceof Value.Known known
        && PolicyStatement.texts(known.value().path("Service")).contains(SERVICE);
  }
}
