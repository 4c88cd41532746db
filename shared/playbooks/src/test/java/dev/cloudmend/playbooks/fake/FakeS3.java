package dev.cloudmend.playbooks.fake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.aws.AwsCallException;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Json;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Buckets, their block public access and their versioning. */
public final class FakeS3 {

  private final Map<String, Bucket> buckets = new HashMap<>();

  /** A bucket; {@code location} is what GetBucketLocation answers, absent for us-east-1. */
  public static final class Bucket {
    private final String owner;
    private final @Nullable String location;
    private final String region;
    public @Nullable ObjectNode publicAccessBlock;
    public ObjectNode versioning = Json.object();

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
      default -> throw new AssertionError("no such operation: " + call.name());
    }
    return out;
  }
}
