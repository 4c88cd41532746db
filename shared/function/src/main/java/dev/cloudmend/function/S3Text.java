package dev.cloudmend.function;

import dev.cloudmend.model.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/**
 * Reads one small text object. A signed GET, because S3's own client would be larger than the
 * functions that need nothing else of it.
 *
 * @param region the bucket's region
 * @param endpoint an S3 to ask instead of AWS's; the bucket then stands in the path
 */
record S3Text(String region, Optional<URI> endpoint) {

  static final String SCHEME = "s3://";

  private static final int MOST_BYTES = 1_048_576;
  private static final int ATTEMPTS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
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
    try (SdkHttpClient http =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(PATIENCE)
            .socketTimeout(PATIENCE)
            .build()) {
      for (int attempt = 1; ; attempt++) {
        Answer answer = ask(http, sign(request));
        if (answer.status() == 200) {
          return answer.text();
        }
        boolean mayPass = answer.status() >= 500 || answer.status() == 0;
        if (!mayPass || attempt == ATTEMPTS) {
          throw new ModelException(place + " cannot be read: " + answer.problem());
        }
      }
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

  private SdkHttpRequest sign(SdkHttpRequest request) {
    return AwsV4HttpSigner.create()
        .sign(
            s ->
                s.identity(credentials())
                    .request(request)
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                    .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                    .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false))
        .request();
  }

  private static AwsCredentials credentials() {
    try (DefaultCredentialsProvider chain = DefaultCredentialsProvider.builder().build()) {
      return chain.resolveCredentials();
    }
  }

  private static Answer ask(SdkHttpClient http, SdkHttpRequest request) {
    try {
      HttpExecuteResponse response =
          http.prepareRequest(HttpExecuteRequest.builder().request(request).build()).call();
      try (InputStream body =
          response
              .responseBody()
              .<InputStream>map(b -> b)
              .orElseGet(InputStream::nullInputStream)) {
        byte[] bytes = body.readNBytes(MOST_BYTES + 1);
        return new Answer(
            response.httpResponse().statusCode(), new String(bytes, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      return new Answer(0, e.getClass().getSimpleName());
    }
  }

  /**
   * What S3 answers.
   *
   * @param status the HTTP status, or 0 where there was no answer
   * @param text the body, or what stood in the way
   */
  private record Answer(int status, String text) {

    String problem() {
      Matcher code = CODE.matcher(text);
      return status == 0
          ? "no answer (" + text + ")"
          : "HTTP status " + status + (code.find() ? ", " + code.group(1) : "");
    }
  }
}
