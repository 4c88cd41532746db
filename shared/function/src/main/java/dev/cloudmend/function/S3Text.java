package dev.cloudmend.function;

import dev.cloudmend.model.ModelException;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/**
 * Reads one small text object.
 *
 * @param region the bucket's region
 * @param endpoint an S3 to ask instead of AWS's; the bucket then stands in the path
 */
record S3Text(String region, Optional<URI> endpoint) {

  static final String SCHEME = "s3://";

  private static final Pattern PLACE =
      Pattern.compile(
          "s3://([a-z0-9][a-z0-9.-]+[a-z0-9])/([^?#]+?)(?:\\?versionId=([A-Za-z0-9._-]+))?");
  private static final Pattern CODE = Pattern.compile("<Code>([A-Za-z.]{1,60})</Code>");

  /**
   * Reads an object.
   *
   * @param place {@code s3://bucket/key}, with {@code ?versionId=…} for one version of it
   * @throws ModelException when it cannot be read; the message says why
   */
  String read(String place) {
    Matcher matcher = PLACE.matcher(place);
    if (!matcher.matches()) {
      throw new ModelException(
          "the configuration's place is not understood; expected s3://bucket/key or"
              + " s3://bucket/key?versionId=…");
    }
    SdkHttpRequest request =
        request(matcher.group(1), matcher.group(2), Optional.ofNullable(matcher.group(3)));
    try {
      SignedRequest.Answer answer = new SignedRequest("s3", region).send(request, "");
      if (answer.isGood()) {
        return answer.text();
      }
      throw new ModelException(place + " cannot be read: " + problem(answer));
    } catch (SdkClientException e) {
      throw new ModelException(place + " cannot be read: " + e.getMessage(), e);
    }
  }

  private SdkHttpRequest request(String bucket, String key, Optional<String> version) {
    SdkHttpRequest.Builder request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.GET)
            .uri(endpoint.orElseGet(() -> ofAws(bucket)))
            .encodedPath(
                "/"
                    + (endpoint.isPresent() ? bucket + "/" : "")
                    + SdkHttpUtils.urlEncodeIgnoreSlashes(key));
    version.ifPresent(v -> request.putRawQueryParameter("versionId", v));
    return request.build();
  }

  private URI ofAws(String bucket) {
    String suffix = PartitionMetadata.of(Region.of(region)).dnsSuffix();
    return URI.create("https://%s.s3.%s.%s".formatted(bucket, region, suffix));
  }

  private static String problem(SignedRequest.Answer answer) {
    Matcher code = CODE.matcher(answer.text());
    return answer.status() == 0
        ? "no answer (" + answer.text() + ")"
        : "HTTP status " + answer.status() + (code.find() ? ", " + code.group(1) : "");
  }
}
