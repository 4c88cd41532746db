package dev.cloudmend.playbooks.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.aws.AwsCallException;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Buckets and the parts of their configuration that playbooks reach. */
public final class FakeS3 {

  private static final String ENCRYPTION = "ServerSideEncryptionConfiguration";
  private static final String DEFAULT_ENCRYPTION =
      """
      {"Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"},
       "BucketKeyEnabled": false}]}""";

  private final Map<String, Bucket> buckets = new HashMap<>();

  /** A bucket; {@code location} is what GetBucketLocation answers, absent for us-east-1. */
  public static final class Bucket {
    private final String owner;
    private final @Nullable String location;
    private final String region;
    public @Nullable ObjectNode publicAccessBlock;
    public ObjectNode versioning = Json.object();
    public @Nullable String policy;
    public boolean website;
    public @Nullable ObjectNode encryption;
    public final Map<String, String> tags = new HashMap<>();

    /** S3 tells AES-256 where nothing is set; some of its likes tell that nothing is. */
    public boolean tellsDefaultEncryption;

    private Bucket(String owner, @Nullable String location, String region) {
      this.owner = owner;
      this.location = location;
      this.region = region;
    }
  }

  public Bucket bucket(String name) {
    return bucket(name, null, "us-east-1");
  }

  public Bucket bucket(String name, @Nullable String location, String region) {
    return buckets.computeIfAbsent(name, n -> new Bucket(FakeAws.ACCOUNT, location, region));
  }

  public void bucketOfSomebodyElse(String name) {
    buckets.put(name, new Bucket("999999999999", null, "us-east-1"));
  }

  public void delete(String name) {
    buckets.remove(name);
  }

  ObjectNode answer(ApiCall call) {
    ObjectNode in = call.parameters();
    Bucket bucket = buckets.get(in.path("Bucket").asText());
    if (bucket == null) {
      throw FakeAws.error(call, "NoSuchBucket");
    }
    if (!bucket.owner.equals(in.path("ExpectedBucketOwner").asText())) {
      throw new AwsCallException(
          AwsCallException.Kind.ACCESS_DENIED, "AccessDenied", call, "another owner");
    }
    if (!call.operation().equals("GetBucketLocation") && !call.region().equals(bucket.region)) {
      throw FakeAws.error(call, "PermanentRedirect");
    }
    ObjectNode out = Json.object();
    switch (call.operation()) {
      case "GetBucketLocation" -> {
        if (bucket.location != null) {
          out.put("LocationConstraint", bucket.location);
        }
      }
      case "GetPublicAccessBlock" -> {
        if (bucket.publicAccessBlock == null) {
          throw FakeAws.error(call, "NoSuchPublicAccessBlockConfiguration");
        }
        out.set("PublicAccessBlockConfiguration", bucket.publicAccessBlock);
      }
      case "PutPublicAccessBlock" ->
          bucket.publicAccessBlock =
              (ObjectNode) in.required("PublicAccessBlockConfiguration").deepCopy();
      case "DeletePublicAccessBlock" -> bucket.publicAccessBlock = null;
      case "GetBucketVersioning" -> out.setAll(bucket.versioning);
      case "PutBucketVersioning" ->
          bucket.versioning.setAll((ObjectNode) in.required("VersioningConfiguration"));
      case "GetBucketPolicy" -> {
        if (bucket.policy == null) {
          throw FakeAws.error(call, "NoSuchBucketPolicy");
        }
        out.put("Policy", bucket.policy);
      }
      case "PutBucketPolicy" -> bucket.policy = accepted(call, in.required("Policy").asText());
      case "DeleteBucketPolicy" -> bucket.policy = null;
      case "GetBucketTagging" -> {
        if (bucket.tags.isEmpty()) {
          throw FakeAws.error(call, "NoSuchTagSet");
        }
        bucket.tags.forEach(
            (key, value) ->
                out.withArray("TagSet").addObject().put("Key", key).put("Value", value));
      }
      case "GetBucketWebsite" -> {
        if (!bucket.website) {
          throw FakeAws.error(call, "NoSuchWebsiteConfiguration");
        }
        out.putObject("IndexDocument").put("Suffix", "index.html");
      }
      case "GetBucketEncryption" -> {
        if (bucket.encryption == null && !bucket.tellsDefaultEncryption) {
          throw FakeAws.error(call, "ServerSideEncryptionConfigurationNotFoundError");
        }
        out.set(
            ENCRYPTION,
            bucket.encryption == null ? Json.parse(DEFAULT_ENCRYPTION) : bucket.encryption);
      }
      case "PutBucketEncryption" ->
          bucket.encryption = (ObjectNode) in.required(ENCRYPTION).deepCopy();
      case "DeleteBucketEncryption" -> bucket.encryption = null;
      default -> throw new AssertionError("no such operation: " + call.name());
    }
    return out;
  }

  private static String accepted(ApiCall call, String policy) {
    JsonNode statements = Json.parse(policy).required("Statement");
    boolean fits =
        !statements.isEmpty()
            && policy.getBytes(StandardCharsets.UTF_8).length <= 20_480
            && !policy.contains("\"AIDA")
            && !policy.contains("\"AROA");
    if (!fits) {
      throw FakeAws.error(call, "MalformedPolicy");
    }
    return policy;
  }
}
