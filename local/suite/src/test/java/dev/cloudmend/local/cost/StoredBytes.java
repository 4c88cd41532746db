package dev.cloudmend.local.cost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * How many bytes DynamoDB would bill for what stays in a table: names and values, a hundred more an
 * item, and all of it again for each index.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html">
 *     Item sizes</a>
 */
final class StoredBytes {

  private static final int OF_AN_ITEM = 100;
  private static final int OF_A_GROUP = 3;
  private static final int MOST_OF_A_NUMBER = 21;

  private StoredBytes() {}

  static long in(URI dynamoDb, String table, int indexes) throws IOException, InterruptedException {
    long bytes = 0;
    JsonNode from = Json.object();
    try (HttpClient client = HttpClient.newHttpClient()) {
      do {
        ObjectNode question = Json.object().put("TableName", table);
        if (!from.isEmpty()) {
          question.set("ExclusiveStartKey", from);
        }
        HttpRequest request =
            HttpRequest.newBuilder(dynamoDb)
                .header("X-Amz-Target", "DynamoDB_20120810.Scan")
                .header("Content-Type", "application/x-amz-json-1.0")
                .header(
                    "Authorization",
                    "AWS4-HMAC-SHA256 Credential=cloudmend/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0")
                .POST(HttpRequest.BodyPublishers.ofString(question.toString()))
                .build();
        JsonNode page =
            Json.parse(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
        for (JsonNode item : page.path("Items")) {
          if (!item.has("expiresAt")) {
            bytes += (OF_AN_ITEM + members(item)) * (1 + indexes);
          }
        }
        from = page.path("LastEvaluatedKey");
      } while (!from.isEmpty());
    }
    return bytes;
  }

  private static long members(JsonNode item) {
    long bytes = 0;
    for (Map.Entry<String, JsonNode> member : item.properties()) {
      bytes += length(member.getKey()) + value(member.getValue());
    }
    return bytes;
  }

  private static long value(JsonNode typed) {
    Map.Entry<String, JsonNode> only = typed.properties().iterator().next();
    JsonNode value = only.getValue();
    return switch (only.getKey()) {
      case "S" -> length(value.asText());
      case "N" -> Math.min(MOST_OF_A_NUMBER, (value.asText().length() + 1) / 2 + 1);
      case "M" -> OF_A_GROUP + value.size() + members(value);
      case "L" -> {
        long bytes = OF_A_GROUP;
        for (JsonNode element : value) {
          bytes += 1 + value(element);
        }
        yield bytes;
      }
      case "BOOL", "NULL" -> 1;
      default -> throw new IllegalStateException("no size is known of " + typed);
    };
  }

  private static long length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
