package dev.cloudmend.endpoint.front;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.endpoint.AwsAnswer;
import dev.cloudmend.endpoint.AwsRequest;
import dev.cloudmend.endpoint.Body;
import dev.cloudmend.endpoint.ServiceException;
import dev.cloudmend.endpoint.Upstream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.CompletableResponseListener;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;

/**
 * The emulator over HTTP.
 *
 * <p>moto knows an account by the access keys that it gave out, so a key of another account is had
 * by assuming a role there; it need not exist. A key that moto does not know is its own account's.
 */
public final class EmulatorUpstream implements Upstream, AutoCloseable {

  private static final int LARGEST_ANSWER = 128 * 1024 * 1024;
  private static final String OWN_KEY = "AKIACLOUDMENDENDPOINT";

  /** Headers that belong to one connection, or that the client works out anew. */
  private static final Set<String> NOT_PASSED_ON =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private static final Pattern ACCOUNT = Pattern.compile("<Account>(\\d{12})</Account>");
  private static final Pattern KEY = Pattern.compile("<AccessKeyId>([A-Z0-9]+)</AccessKeyId>");

  private final Addresses addresses;
  private final HttpClient client;
  private final Map<String, String> keys = new ConcurrentHashMap<>();

  private EmulatorUpstream(Addresses addresses, HttpClient client) {
    this.addresses = addresses;
    this.client = client;
  }

  /** Makes the client; nothing is sent yet. */
  public static EmulatorUpstream open(Addresses addresses) {
    HttpClient client = HttpClients.create("endpoint-upstream");
    HttpClients.configure(client);
    try {
      client.start();
    } catch (Exception e) {
      throw new FrontException("The client for the emulator cannot be made", e);
    }
    client.getContentDecoderFactories().clear();
    client.getProtocolHandlers().clear();
    return new EmulatorUpstream(addresses, client);
  }

  @Override
  public AwsAnswer send(AwsRequest request) {
    Request onward =
        client
            .newRequest(addresses.of(request.service(), request.path()))
            .method(request.method())
            .headers(
                headers ->
                    request
                        .headers()
                        .forEach(
                            (name, values) -> {
                              if (!NOT_PASSED_ON.contains(name)) {
                                values.forEach(value -> headers.add(name, value));
                              }
                            }));
    if (request.body().bytes().length > 0) {
      onward.body(new BytesRequestContent(request.body().bytes()));
    }
    try {
      ContentResponse response =
          new CompletableResponseListener(onward, LARGEST_ANSWER).send().get();
      String contentType = response.getHeaders().get(HttpHeader.CONTENT_TYPE);
      if (Addresses.isPage(request.service(), response.getStatus(), contentType)) {
        throw addresses.unknown(request.service() + " " + request.operation());
      }
      return new AwsAnswer(response.getStatus(), headers(response), Body.of(response.getContent()));
    } catch (ExecutionException e) {
      throw addresses.unavailable(request.service());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw addresses.unavailable(request.service());
    }
  }

  private static Map<String, List<String>> headers(ContentResponse response) {
    Map<String, List<String>> headers = new TreeMap<>();
    for (HttpField field : response.getHeaders()) {
      String name = field.getName().toLowerCase(Locale.ROOT);
      if (!NOT_PASSED_ON.contains(name)) {
        headers
            .computeIfAbsent(name, n -> new ArrayList<>())
            .add(Optional.ofNullable(field.getValue()).orElse(""));
      }
    }
    return headers;
  }

  @Override
  public ObjectNode call(Caller caller, String service, String operation, ObjectNode parameters) {
    AwsAnswer answer = send(OwnCalls.json(caller, service, operation, parameters));
    ObjectNode body = answer.body().json();
    if (answer.isSuccess()) {
      return body;
    }
    String type = body.path("__type").asText("InternalFailure");
    String message = body.path("message").asText(body.path("Message").asText(""));
    throw new ServiceException(answer.status(), type.substring(type.lastIndexOf('#') + 1), message);
  }

  @Override
  public String account(String accessKey) {
    var caller = new Caller(accessKey.isEmpty() ? OWN_KEY : accessKey, "us-east-1");
    return sts(caller, "GetCallerIdentity", Map.of(), ACCOUNT);
  }

  @Override
  public Caller callerOf(String account, String region) {
    String known = keys.getOrDefault(account, OWN_KEY);
    // Asked anew each time: after a reset the emulator takes a key of then for one of its own.
    if (account(known).equals(account)) {
      return new Caller(known, region);
    }
    Map<String, String> role =
        Map.of(
            "RoleArn",
            "arn:aws:iam::" + account + ":role/cloudmend-endpoint",
            "RoleSessionName",
            "cloudmend-endpoint");
    String key = sts(new Caller(OWN_KEY, "us-east-1"), "AssumeRole", role, KEY);
    keys.put(account, key);
    return new Caller(key, region);
  }

  private String sts(
      Caller caller, String operation, Map<String, String> parameters, Pattern wanted) {
    AwsAnswer answer = send(OwnCalls.form(caller, "sts", operation, parameters));
    Matcher found = wanted.matcher(answer.body().text());
    if (!answer.isSuccess() || !found.find()) {
      throw new ServiceException(
          502,
          "InternalFailure",
          "The emulator answered " + operation + " with " + answer.status());
    }
    return found.group(1);
  }

  @Override
  public void close() {
    try {
      client.stop();
    } catch (Exception e) {
      throw new FrontException("The client for the emulator could not be stopped", e);
    }
  }
}
