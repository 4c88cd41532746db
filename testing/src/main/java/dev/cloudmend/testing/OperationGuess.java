package dev.cloudmend.testing;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells service and operation from a request on the wire: from {@code X-Amz-Target} for JSON
 * services, from {@code Action} for the query protocol, and for S3 from method, path and
 * sub-resource (path style only).
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html">
 *     Amazon S3, API operations</a>
 */
final class OperationGuess {

  private static final Pattern SCOPE =
      Pattern.compile("Credential=[^/]+/\\d{8}/[^/]*/([a-z0-9-]+)/aws4_request");
  private static final String S3_CONTROL_PATH = "/v20180820/";

  private static final Map<String, String> BUCKET_PARTS =
      Map.ofEntries(
          Map.entry("accelerate", "BucketAccelerateConfiguration"),
          Map.entry("acl", "BucketAcl"),
          Map.entry("cors", "BucketCors"),
          Map.entry("encryption", "BucketEncryption"),
          Map.entry("lifecycle", "BucketLifecycleConfiguration"),
          Map.entry("location", "BucketLocation"),
          Map.entry("logging", "BucketLogging"),
          Map.entry("notification", "BucketNotificationConfiguration"),
          Map.entry("object-lock", "ObjectLockConfiguration"),
          Map.entry("ownershipControls", "BucketOwnershipControls"),
          Map.entry("policy", "BucketPolicy"),
          Map.entry("policyStatus", "BucketPolicyStatus"),
          Map.entry("publicAccessBlock", "PublicAccessBlock"),
          Map.entry("replication", "BucketReplication"),
          Map.entry("requestPayment", "BucketRequestPayment"),
          Map.entry("tagging", "BucketTagging"),
          Map.entry("versioning", "BucketVersioning"),
          Map.entry("website", "BucketWebsite"));

  private static final Map<String, String> OBJECT_PARTS =
      Map.of(
          "acl", "ObjectAcl",
          "attributes", "ObjectAttributes",
          "legal-hold", "ObjectLegalHold",
          "retention", "ObjectRetention",
          "tagging", "ObjectTagging");

  private OperationGuess() {}

  static RecordedRequest name(
      String method, String path, String query, Map<String, List<String>> headers, String body) {
    var request = new RecordedRequest("", "", method, path, query, headers, body);
    String service = service(request);
    return new RecordedRequest(
        service, operation(service, request), method, path, query, headers, body);
  }

  private static String service(RecordedRequest request) {
    Matcher scope = SCOPE.matcher(request.header("Authorization"));
    String service = scope.find() ? scope.group(1) : "";
    boolean control = service.equals("s3") && request.path().startsWith(S3_CONTROL_PATH);
    return control ? "s3control" : service;
  }

  private static String operation(String service, RecordedRequest request) {
    String target = request.header("X-Amz-Target");
    if (!target.isEmpty()) {
      return target.substring(target.lastIndexOf('.') + 1);
    }
    String action = request.parameter("Action");
    if (!action.isEmpty()) {
      return action;
    }
    return switch (service) {
      case "s3" -> s3(request);
      case "s3control" -> verb(request) + control(request.path());
      default -> request.method() + " " + request.path();
    };
  }

  private static String control(String path) {
    return path.endsWith("/publicAccessBlock") ? "PublicAccessBlock" : path;
  }

  private static String s3(RecordedRequest request) {
    String path = request.path().substring(1);
    int slash = path.indexOf('/');
    if (path.isEmpty()) {
      return "ListBuckets";
    }
    return slash < 0 || slash == path.length() - 1 ? bucket(request) : object(request);
  }

  private static String bucket(RecordedRequest request) {
    if (request.hasQuery("delete")) {
      return "DeleteObjects";
    }
    if (request.hasQuery("uploads")) {
      return "ListMultipartUploads";
    }
    if (request.hasQuery("versions")) {
      return "ListObjectVersions";
    }
    if (request.method().equals("DELETE") && request.hasQuery("lifecycle")) {
      return "DeleteBucketLifecycle";
    }
    return part(request, BUCKET_PARTS, whole(request));
  }

  private static String whole(RecordedRequest request) {
    return switch (request.method()) {
      case "HEAD" -> "HeadBucket";
      case "PUT" -> "CreateBucket";
      case "DELETE" -> "DeleteBucket";
      case "POST" -> "PostObject";
      default -> request.hasQuery("list-type") ? "ListObjectsV2" : "ListObjects";
    };
  }

  private static String object(RecordedRequest request) {
    boolean copy = !request.header("x-amz-copy-source").isEmpty();
    return part(request, OBJECT_PARTS, copy ? "CopyObject" : verb(request) + "Object");
  }

  private static String part(RecordedRequest request, Map<String, String> parts, String otherwise) {
    return parts.entrySet().stream()
        .filter(part -> request.hasQuery(part.getKey()))
        .findFirst()
        .map(part -> verb(request) + part.getValue())
        .orElse(otherwise);
  }

  private static String verb(RecordedRequest request) {
    return switch (request.method()) {
      case "GET" -> "Get";
      case "HEAD" -> "Head";
      case "PUT" -> "Put";
      case "DELETE" -> "Delete";
      default -> "Post";
    };
  }
}
