package dev.cloudmend.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.aws.AwsCallException;
import dev.cloudmend.aws.AwsConnection;
import dev.cloudmend.aws.AwsReader;
import dev.cloudmend.aws.WritingClients;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Target;
import java.net.URI;
import java.util.Optional;

/** The emulated account as its owner works with it, past the suite. */
final class Account implements AutoCloseable {

  static final String REGION = "us-east-1";

  private final WritingClients clients;

  Account(URI endpoint) {
    this.clients =
        WritingClients.open(new AwsConnection(Optional.of(endpoint), REGION, Optional.empty()));
  }

  AwsReader reader() {
    return clients.reader();
  }

  JsonNode write(String service, String operation, String parameters) {
    return clients.writer().write(call(service, operation, parameters));
  }

  /** What a read answers; an error's code where it answers with one. */
  JsonNode read(String service, String operation, String parameters) {
    try {
      return clients.reader().read(call(service, operation, parameters));
    } catch (AwsCallException e) {
      return Json.object().put("error", e.code());
    }
  }

  private static ApiCall call(String service, String operation, String parameters) {
    String region = service.equals("iam") ? Target.GLOBAL : REGION;
    return new ApiCall(service, operation, region, Json.parseObject(parameters));
  }

  static ObjectNode vanta(String id, String check, String arn) {
    ObjectNode event =
        Json.parseObject(
            """
            {"version":"0","detail-type":"Test Failed","source":"vanta.compliance","account":"123456789012",
             "time":"2026-11-20T10:00:00Z","region":"us-east-1","resources":[],"detail":{"severity":"high"}}
            """);
    event.put("id", id);
    ((ObjectNode) event.get("detail")).put("test_name", check).put("resource_arn", arn);
    return event;
  }

  static EventFile.Located located(ObjectNode event) {
    return new EventFile.Located("event.json", "", event);
  }

  @Override
  public void close() {
    clients.close();
  }
}
