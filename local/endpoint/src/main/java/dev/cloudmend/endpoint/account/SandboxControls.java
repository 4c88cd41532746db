package dev.cloudmend.endpoint.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.endpoint.AnsweredHere;
import dev.cloudmend.endpoint.AwsAnswer;
import dev.cloudmend.endpoint.AwsRequest;
import dev.cloudmend.endpoint.EventSink;
import dev.cloudmend.endpoint.ServiceException;
import dev.cloudmend.endpoint.Upstream;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What no service of AWS offers and whoever plays with a sandbox needs: an access key of another
 * account, and events that only AWS itself can send.
 *
 * <p>{@code GET /_cloudmend/accounts/ID} and {@code POST /_cloudmend/events} with one whole event.
 */
public final class SandboxControls implements AnsweredHere {

  private static final String REGION = "us-east-1";

  private final Upstream upstream;
  private final EventSink events;

  public SandboxControls(Upstream upstream, EventSink events) {
    this.upstream = upstream;
    this.events = events;
  }

  @Override
  public Set<String> operations() {
    return Set.of("_cloudmend:accounts", "_cloudmend:events");
  }

  @Override
  public AwsAnswer answer(AwsRequest request) {
    return AwsAnswer.json(
        switch (request.method() + " " + request.operation()) {
          case "GET accounts" -> account(request.path());
          case "POST events" -> put(request.body().json());
          default ->
              throw new ServiceException(
                  405,
                  "MethodNotAllowed",
                  "expected GET /_cloudmend/accounts/ID or POST /_cloudmend/events");
        });
  }

  private ObjectNode account(String path) {
    String id = path.substring(path.lastIndexOf('/') + 1);
    try {
      String key = upstream.callerOf(Arn.checkAccount(id), REGION).accessKey();
      return Json.object().put("account", id).put("accessKeyId", key);
    } catch (ModelException e) {
      throw new ServiceException(400, "ValidationException", String.valueOf(e.getMessage()));
    }
  }

  private ObjectNode put(ObjectNode event) {
    for (String member : List.of("source", "detail-type", "account", "region")) {
      if (event.path(member).asText("").isEmpty()) {
        throw new ServiceException(400, "ValidationException", "the event has no " + member);
      }
    }
    if (!event.path("detail").isObject()) {
      throw new ServiceException(400, "ValidationException", "the event's detail is no object");
    }
    if (!event.hasNonNull("id")) {
      event.put("id", UUID.randomUUID().toString());
    }
    events.put(event);
    return Json.object().put("EventId", event.path("id").asText());
  }
}
