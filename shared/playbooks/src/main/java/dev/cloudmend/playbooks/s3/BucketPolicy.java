package dev.cloudmend.playbooks.s3;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.cloudmend.aws.AwsCallException;
import dev.cloudmend.aws.AwsReader;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.model.Text;
import dev.cloudmend.playbooks.Operations;
import dev.cloudmend.playbooks.policydocument.PolicyDocument;
import dev.cloudmend.playbooks.policydocument.PolicyException;
import java.util.List;
import java.util.Optional;

/**
 * A bucket's policy as it stands. S3 can only write the whole of it, and has no compare-and-set.
 *
 * @param bucket whose it is
 * @param text as S3 tells it; absent where the bucket has none
 * @param document what it says; without a statement where the bucket has none
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html">PutBucketPolicy</a>
 */
record BucketPolicy(Bucket bucket, Optional<String> text, PolicyDocument document) {

  /**
   * The most bytes that a bucket policy may have.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html">Bucket
   *     policies</a>
   */
  static final int LARGEST = 20_480;

  private static final String POLICY = "Policy";
  private static final String NONE = "NoSuchBucketPolicy";

  /**
   * Reads the policy.
   *
   * @throws PolicyException when it is not understood whole
   */
  static BucketPolicy read(Bucket bucket, AwsReader aws) {
    JsonNode policy;
    try {
      policy = aws.read(bucket.call(Operations.GET_BUCKET_POLICY.name())).path(POLICY);
    } catch (AwsCallException e) {
      if (e.code().equals(NONE)) {
        return new BucketPolicy(bucket, Optional.empty(), PolicyDocument.empty());
      }
      throw e;
    }
    if (!policy.isTextual()) {
      throw new ModelException("s3:GetBucketPolicy answered without " + POLICY);
    }
    return new BucketPolicy(
        bucket, Optional.of(policy.textValue()), PolicyDocument.parse(policy.textValue()));
  }

  /** Why S3 would refuse another policy in the place of this one. */
  Optional<String> obstacle(PolicyDocument planned) {
    List<String> deleted = planned.deletedPrincipals();
    if (!deleted.isEmpty()) {
      return Optional.of(
          "the policy of bucket "
              + bucket.name()
              + " names users or roles that were deleted, and S3 takes no policy that does; take"
              + " them out first: "
              + Text.shown(String.join(", ", deleted), 500));
    }
    if (planned.bytes() > LARGEST) {
      return Optional.of(
          "the policy of bucket "
              + bucket.name()
              + " would have "
              + planned.bytes()
              + " bytes, and S3 takes "
              + LARGEST
              + " at most");
    }
    return Optional.empty();
  }

  /** The call that puts another policy in the place of this one. */
  ApiCall replaceBy(PolicyDocument planned) {
    return planned.isEmpty()
        ? bucket.call(Operations.DELETE_BUCKET_POLICY.name())
        : put(planned.print());
  }

  /** The call that puts this one back, letter by letter. */
  ApiCall restore() {
    return text.map(this::put).orElseGet(() -> bucket.call(Operations.DELETE_BUCKET_POLICY.name()));
  }

  /** The policy that a call puts in place. */
  static PolicyDocument writtenBy(ApiCall call) {
    return call.operation().equals(Operations.PUT_BUCKET_POLICY.name())
        ? PolicyDocument.parse(call.parameters().path(POLICY).asText())
        : PolicyDocument.empty();
  }

  private ApiCall put(String policy) {
    return bucket.call(Operations.PUT_BUCKET_POLICY.name(), POLICY, TextNode.valueOf(policy));
  }
}
