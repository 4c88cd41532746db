package dev.cloudmend.claude;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.model.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;

/** What the SDK makes of a request, without sending it. */
final class WireBody {

  private WireBody() {}

  static JsonNode of(ConverseRequest request) {
    var body = new AtomicReference<>("");
    try (BedrockRuntimeClient client =
        BedrockRuntimeClient.builder()
            .region(Region.US_EAST_1)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .httpClient(new Keeping(body))
            .build()) {
      client.converse(request);
    }
    return Json.parse(body.get());
  }

  /** Keeps what it is given and answers with an empty document. */
  private record Keeping(AtomicReference<String> body) implements SdkHttpClient {

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() throws IOException {
          try (var content = request.contentStreamProvider().orElseThrow().newStream()) {
            body.set(new String(content.readAllBytes(), StandardCharsets.UTF_8));
          }
          return HttpExecuteResponse.builder()
              .response(SdkHttpResponse.builder().statusCode(200).build())
              .responseBody(
                  AbortableInputStream.create(
                      new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8))))
              .build();
        }

        @Override
        public void abort() {
          body.set("");
        }
      };
    }

    @Override
    public void close() {
      // It holds nothing open.
    }
  }
}
