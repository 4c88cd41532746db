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
import dev.cloudmend.playbooks.LiveState;
import java.util.Optional;
import java.util.function.Function;

/**
 * A general purpose bucket. Every call carries the account that has to own it, because a bucket's
 * name says nothing of its owner and may have gone to somebody else since the finding.
 *
 * @param target the bucket, with the region that the service told
 */
record Bucket(Target target) {

  /** Looks at the bucket that a finding names, in its own region. */
  static Assessment look(ResourceRef resource, AwsReader aws, Function<Bucket, Assessment> look) {
    return LiveState.of(
        resource.account(),
        aws,
        () -> {
          Optional<String> unfit = BucketTarget.unfit(resource.arn());
          if (unfit.isPresent()) {
            return new Assessment.NotApplicable(unfit.get());
          }
          Optional<Target> target = BucketTarget.of(resource, aws);
          if (target.isEmpty()) {
            return new Assessment.Blocked(
                "S3 did not tell the region of "
                    + resource.arn()
                    + ", and outside partition aws no region is the default");
          }
          return look.apply(new Bucket(target.get()));
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

  static ApiCall call(String operation, Arn arn, String account, String region) {
    return new ApiCall(
        "s3",
        operation,
        region,
        Json.object().put("Bucket", arn.resource()).put("ExpectedBucketOwner", account));
  }
}
