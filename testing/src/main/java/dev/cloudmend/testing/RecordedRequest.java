package dev.cloudmend.testing;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A request as it arrived.
 *
 * @param service as in a credential scope: {@code s3}, {@code iam}, {@code ec2}; {@code s3control}
 *     for S3 Control
 * @param operation the API's name for it, such as {@code PutBucketVersioning}
 * @param method HTTP's
 * @param path as sent, with its escapes
 * @param query as sent, with its escapes; empty when there is none
 * @param headers by lower-case name
 * @param body as sent, read as UTF-8
 */
public record RecordedRequest(
    String service,
    String operation,
    String method,
    String path,
    String query,
    Map<String, List<String>> headers,
    String body) {

  private static final List<String> READS =
      List.of("Get", "List", "Describe", "Head", "Simulate", "GenerateCredentialReport");

  /** {@code s3:PutBucketVersioning}. */
  public String name() {
    return service + ":" + operation;
  }

  /**
   * Whether it may change the account: everything but what is known to be a read, or a trial that
   * EC2's {@code DryRun} makes.
   */
  public boolean isWrite() {
    return READS.stream().noneMatch(operation::startsWith)
        && !parameter("DryRun").equalsIgnoreCase("true");
  }

  /** Whether it is the operation, given with its service or without: {@code s3:GetBucketAcl}. */
  public boolean is(String wanted) {
    return operation.equals(wanted) || name().equals(wanted);
  }

  /** A header's first value, or an empty text. */
  public String header(String name) {
    List<String> values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    return values.isEmpty() ? "" : values.getFirst();
  }

  /** A parameter of the query protocol (IAM, EC2, STS), decoded, or an empty text. */
  public String parameter(String name) {
    String type = header("Content-Type");
    return type.startsWith("application/x-www-form-urlencoded") ? FormText.value(body, name) : "";
  }

  /** Whether the query has the sub-resource, with or without a value: {@code versioning}. */
  public boolean hasQuery(String name) {
    return Arrays.stream(query.split("&", -1))
        .anyMatch(part -> part.equals(name) || part.startsWith(name + "="));
  }

  /** The name, for messages of failed tests. */
  @Override
  public String toString() {
    return name() + " (" + method + " " + path + (query.isEmpty() ? "" : "?" + query) + ")";
  }
}
