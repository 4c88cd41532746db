package dev.cloudmend.endpoint.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.endpoint.FunctionCaller;
import dev.cloudmend.endpoint.ServiceException;
import dev.cloudmend.endpoint.Upstream;
import dev.cloudmend.model.Json;
import dev.cloudmend.states.engine.TaskFailedException;
import dev.cloudmend.states.engine.TaskHandler;
import dev.cloudmend.states.paths.JsonData;
import java.util.Map;

/**
 * What Task states of one account and region may call.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/step-functions/latest/dg/integrate-services.html">Service
 *     integrations</a>
 */
final class Tasks {

  private final String account;
  private final String region;
  private final FunctionCaller functions;
  private final Upstream upstream;

  Tasks(String account, String region, FunctionCaller functions, Upstream upstream) {
    this.account = account;
    this.region = region;
    this.functions = functions;
    this.upstream = upstream;
  }

  Map<String, TaskHandler> handlers() {
    return Map.of("lambda:invoke", this::invoke, "sqs:sendMessage", this::sendMessage);
  }

  private JsonNode invoke(String integration, JsonNode parameters)
      throws TaskFailedException, InterruptedException {
    FunctionCaller.Result result;
    try {
      JsonNode payload = parameters.path("Payload");
      result =
          functions.invoke(function(parameters), payload.isMissingNode() ? Json.object() : payload);
    } catch (ServiceException e) {
      throw new TaskFailedException("Lambda." + e.code(), String.valueOf(e.getMessage()));
    }
    if (result.error().isPresent()) {
      String type = result.payload().path("errorType").asText("");
      throw new TaskFailedException(
          type.isEmpty() ? "Lambda.Unknown" : type, JsonData.write(result.payload()));
    }
    ObjectNode answer = JsonData.object();
    answer.put("ExecutedVersion", result.executedVersion());
    answer.set("Payload", result.payload());
    answer.put("StatusCode", 200);
    return answer;
  }

  /** FunctionName may be a name, {@code account:function:name} or an ARN. */
  private String function(JsonNode parameters) {
    String name = parameters.path("FunctionName").asText();
    String qualifier = parameters.path("Qualifier").asText("");
    String arn =
        name.startsWith("arn:")
            ? name
            : "arn:aws:lambda:%s:%s:function:%s"
                .formatted(
                    region,
                    account,
                    name.substring(name.indexOf(":function:") + 1).replaceFirst("^function:", ""));
    return qualifier.isEmpty() ? arn : arn + ":" + qualifier;
  }

  /** A body that is not text goes as JSON text, as Step Functions sends it. */
  private JsonNode sendMessage(String integration, JsonNode parameters) throws TaskFailedException {
    ObjectNode call = Json.object();
    parameters
        .properties()
        .forEach(
            entry -> {
              boolean asText =
                  entry.getKey().equals("MessageBody") && !entry.getValue().isTextual();
              if (asText) {
                call.put(entry.getKey(), JsonData.write(entry.getValue()));
              } else {
                call.set(entry.getKey(), entry.getValue());
              }
            });
    try {
      return upstream.call(upstream.callerOf(account, region), "sqs", "SendMessage", call);
    } catch (ServiceException e) {
      throw new TaskFailedException("SQS." + e.code(), String.valueOf(e.getMessage()));
    }
  }
}
