package dev.cloudmend.playbooks.s3;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.aws.AwsReader;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Assessment;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.Target;
import dev.cloudmend.model.Text;
import dev.cloudmend.playbooks.LiveState;
import dev.cloudmend.playbooks.Operations;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A general purpose bucket. Every call carries the account that has to own it, because a bucket's
 * name says nothing of its owner and may have gone to somebody else since the finding.
 *
 * @param target the bucket, with the region that the service told
 */
record Bucket(Target target) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final Pattern ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");

  /** Looks at the bucket that a finding names, in its own region. */
  static Assessment look(ResourceRef resource, AwsReader aws, Function<Bucket, Assessment> look) {
    return LiveState.of(
        resource.account(),
        aws,
        () -> {
          Optional<String> unfit = unfit(resource.arn());
          if (unfit.isPresent()) {
            return new Assessment.NotApplicable(unfit.get());
          }
          Optional<String> region = region(resource, aws);
          if (region.isEmpty()) {
            return new Assessment.Blocked(
                "S3 did not tell the region of "
                    + resource.arn()
                    + ", and outside partition aws no region is the default");
          }
          return look.apply(
              new Bucket(
                  new Target(
                      resource.arn().partition(),
                      resource.account(),
                      region.get(),
                      resource.arn())));
        });
  }

  String name() {
    return target.arn().resource();
  }

  /** A call on this bucket. */
  ApiCall call(String operation) {
    return call(operation, target.arn(), target.account(), target.region());
  }

  /** A call on this bucket that writes one part of its configuration. */
  ApiCall call(String operation, String member, JsonNode value) {
    ApiCall bare = call(operation);
    ObjectNode parameters = bare.parameters();
    parameters.set(member, value);
    return new ApiCall(bare.service(), operation, bare.region(), parameters);
  }

  private static ApiCall call(String operation, Arn arn, String account, String region) {
    return new ApiCall(
        "s3",
        operation,
        region,
        Json.object().put("Bucket", arn.resource()).put("ExpectedBucketOwner", account));
  }

  /**
   * Why an ARN is none of a bucket, by the naming rules of general purpose buckets.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html">Bucket
   *     naming rules</a>
   */
  private static Optional<String> unfit(Arn arn) {
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
                call(
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
