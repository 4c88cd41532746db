package dev.cloudmend.endpoint.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.endpoint.AwsAnswer;
import dev.cloudmend.endpoint.AwsRequest;
import dev.cloudmend.endpoint.Body;
import dev.cloudmend.endpoint.ServiceException;
import dev.cloudmend.endpoint.Upstream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/** A real moto, with one account. */
final class MotoUpstream implements Upstream, AutoCloseable {

  private final URI moto;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  MotoUpstream(URI moto) {
    this.moto = moto;
  }

  @Override
  public AwsAnswer send(AwsRequest request) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(moto.resolve(request.path()))
            .method(
                request.method(), HttpRequest.BodyPublishers.ofByteArray(request.body().bytes()));
    request.headers().forEach((name, values) -> values.forEach(v -> builder.header(name, v)));
    if (!request.headers().containsKey("authorization")) {
      builder.header(
          "authorization",
          "AWS4-HMAC-SHA256 Credential="
              + request.accessKey()
              + "/20260101/"
              + request.region()
              + "/"
              + request.service()
              + "/aws4_request, SignedHeaders=host, Signature=0");
    }
    try {
      HttpResponse<byte[]> response =
          client.send(builder.build(), HttpResponse.BodyHandlers.ofByteArray());
      return new AwsAnswer(response.statusCode(), Map.of(), Body.of(response.body()));
    } catch (IOException e) {
      throw new ServiceException(503, "ServiceUnavailable", "moto does not answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServiceException(503, "ServiceUnavailable", "moto does not answer");
    }
  }

  @Override
  public ObjectNode call(Caller caller, String service, String operation, ObjectNode parameters) {
    String prefix = service.equals("sqs") ? "AmazonSQS." : "AWSEvents.";
    AwsAnswer answer =
        send(
            new AwsRequest(
                service,
                operation,
                caller.region(),
                caller.accessKey(),
                "POST",
                "/",
                Map.of(
                    "content-type", List.of("application/x-amz-json-1.1"),
                    "x-amz-target", List.of(prefix + operation)),
                Body.of(parameters.toString())));
    ObjectNode body = answer.body().json();
    if (answer.isSuccess()) {
      return body;
    }
    String type = body.path("__type").asText();
    throw new ServiceException(
        answer.status(), type.substring(type.lastIndexOf('#') + 1), body.toString());
  }

  @Override
  public String account(String accessKey) {
    return "123456789012";
  }

  @Override
  public Caller callerOf(String account, String region) {
    return new Caller("testing", region);
  }

  @Override
  public void close() {
    client.close();
  }
}
