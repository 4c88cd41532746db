package dev.cloudmend.function;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * Makes one small request of an AWS service, signed with the own credentials. For a service of
 * which a function needs one call, its client would be larger than the function.
 *
 * @param service the service's name in the signature, such as {@code s3}
 * @param region the region in the signature
 */
public record SignedRequest(String service, String region) {

  private static final int MOST_BYTES = 1_048_576;
  private static final int ATTEMPTS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /**
   * What the service answers.
   *
   * @param status the HTTP status, or 0 where there was no answer
   * @param text the body, or what stood in the way
   */
  public record Answer(int status, String text) {

    public boolean isGood() {
      return status == 200;
    }

    /** Whether the same request may be answered well later; throttling shows in the body too. */
    boolean mayPass() {
      return status == 0 || status == 429 || status >= 500;
    }
  }

  /**
   * Sends a request, and again where that may help.
   *
   * @param body empty for a request without one
   * @return the last answer, good or not
   * @throws SdkClientException when there are no credentials
   */
  public Answer send(SdkHttpRequest request, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    try (SdkHttpClient http =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(PATIENCE)
            .socketTimeout(PATIENCE)
            .build()) {
      for (int attempt = 1; ; attempt++) {
        SdkHttpRequest signed = sign(request, bytes);
        Answer answer =
            request.method() == SdkHttpMethod.PATCH
                ? patch(signed, bytes)
                : ask(http, signed, bytes);
        if (!answer.mayPass() || attempt == ATTEMPTS) {
          return answer;
        }
      }
    }
  }

  private SdkHttpRequest sign(SdkHttpRequest request, byte[] body) {
    boolean isS3 = service.equals("s3");
    return AwsV4HttpSigner.create()
        .sign(
            s -> {
              s.identity(credentials())
                  .request(request)
                  .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                  .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                  // A key may hold what a path of another service never does.
                  .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, !isS3)
                  .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, !isS3);
              if (body.length > 0) {
                s.payload(content(body));
              }
            })
        .request();
  }

  private static AwsCredentials credentials() {
    try (DefaultCredentialsProvider chain = DefaultCredentialsProvider.builder().build()) {
      return chain.resolveCredentials();
    }
  }

  private static ContentStreamProvider content(byte[] body) {
    return () -> new ByteArrayInputStream(body);
  }

  private static Answer ask(SdkHttpClient http, SdkHttpRequest request, byte[] body) {
    var prepared = HttpExecuteRequest.builder().request(request);
    if (body.length > 0) {
      prepared.contentStreamProvider(content(body));
    }
    try {
      HttpExecuteResponse response = http.prepareRequest(prepared.build()).call();
      try (InputStream answer =
          response
              .responseBody()
              .<InputStream>map(b -> b)
              .orElseGet(InputStream::nullInputStream)) {
        byte[] bytes = answer.readNBytes(MOST_BYTES + 1);
        return new Answer(
            response.httpResponse().statusCode(), new String(bytes, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      return new Answer(0, e.getClass().getSimpleName());
    }
  }

  /** The SDK's client stands on HttpURLConnection, which knows no PATCH. */
  private static Answer patch(SdkHttpRequest request, byte[] body) {
    var prepared =
        HttpRequest.newBuilder(request.getUri())
            .method(request.method().name(), HttpRequest.BodyPublishers.ofByteArray(body));
    request.forEachHeader(
        (name, values) -> {
          // The client sets these two itself, and lets nobody else.
          if (!name.equalsIgnoreCase("Host") && !name.equalsIgnoreCase("Content-Length")) {
            values.forEach(value -> prepared.header(name, value));
          }
        });
    HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    try {
      HttpResponse<String> response =
          http.sendAsync(prepared.build(), HttpResponse.BodyHandlers.ofString())
              .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return new Answer(response.statusCode(), response.body());
    } catch (ExecutionException e) {
      return new Answer(0, String.valueOf(e.getCause()));
    } catch (TimeoutException e) {
      return new Answer(0, "no answer within " + PATIENCE.toSeconds() + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer(0, "interrupted");
    } finally {
      http.shutdownNow();
    }
  }
}
