package dev.cloudmend.playbooks.s3;

import dev.cloudmend.aws.AwsReader;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.Target;
import dev.cloudmend.model.Text;
import dev.cloudmend.playbooks.Operations;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which bucket a finding means, and where it is: the service tells, the finding may be wrong. */
public final class BucketTarget {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final Pattern ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");

  private BucketTarget() {}

  /**
   * The bucket in its own region; empty for what is no general purpose bucket, and where S3 does
   * not tell the region.
   *
   * @throws dev.cloudmend.aws.AwsCallException when it cannot be read, or is not there
   */
  public static Optional<Target> of(ResourceRef resource, AwsReader aws) {
    Arn arn = resource.arn();
    return unfit(arn).isPresent()
        ? Optional.empty()
        : region(resource, aws)
            .map(region -> new Target(arn.partition(), resource.account(), region, arn));
  }

  /**
   * Why an ARN is none of a bucket, by the naming rules of general purpose buckets.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html">Bucket
   *     naming rules</a>
   */
  static Optional<String> unfit(Arn arn) {
    String name = arn.resource();
    boolean fits =
        arn.service().equals("s3")
            && arn.region().isEmpty()
            && arn.account().isEmpty()
            && NAME.matcher(name).matches()
            && !name.contains("..")
            && !ADDRESS.matcher(name).matches();
    return fits
        ? Optional.empty()
        : Optional.of(
            Text.shown(arn.toString(), 200)
                + " is not a bucket; expected arn:"
                + arn.partition()
                + ":s3:::name");
  }

  private static Optional<String> region(ResourceRef resource, AwsReader aws) {
    // The oldest region of a partition answers for the buckets of all its regions.
    String asked =
        switch (resource.arn().partition()) {
          case "aws" -> "us-east-1";
          case "aws-cn" -> "cn-north-1";
          case "aws-us-gov" -> "us-gov-west-1";
          default -> resource.region();
        };
    String told =
        aws.read(
                Bucket.call(
                    Operations.GET_BUCKET_LOCATION.name(),
                    resource.arn(),
                    resource.account(),
                    asked))
            .path("LocationConstraint")
            .asText("");
    return switch (told) {
      case "", "null" ->
          resource.arn().partition().equals("aws") ? Optional.of("us-east-1") : Optional.empty();
      case "EU" -> Optional.of("eu-west-1");
      default -> Optional.of(told);
    };
  }
}
