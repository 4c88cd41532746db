package dev.cloudmend.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/**
 * Makes the tables of {@code tables.json}, the file that Terraform makes them from in AWS.
 *
 * <p>Expired items are not deleted here: DynamoDB Local does that by the machine's clock, and a run
 * may have another.
 */
final class TableSchemas {

  private final DynamoDbClient client;

  TableSchemas(DynamoDbClient client) {
    this.client = client;
  }

  /** The schema of one table. */
  static JsonNode schema(String kind) {
    try (InputStream in = TableSchemas.class.getResourceAsStream("tables.json")) {
      if (in == null) {
        throw new StoreException("tables.json is not on the class path; build the store again");
      }
      return Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)).path(kind);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Creates the table unless it is there, and waits until it can be used. */
  void create(String kind, Table table) {
    try {
      client.createTable(request(schema(kind), table.name()));
    } catch (ResourceInUseException e) {
      // It is there, or somebody else is making it.
    } catch (SdkException e) {
      throw table.failure("CreateTable", e);
    }
    var backoff = new Backoff(Backoff.LIMIT);
    while (!isActive(table)) {
      if (!backoff.pause()) {
        throw new StoreException(
            "table "
                + table.name()
                + " did not become active within "
                + Backoff.LIMIT.toSeconds()
                + " s; try again");
      }
    }
  }

  private boolean isActive(Table table) {
    try {
      return client.describeTable(r -> r.tableName(table.name())).table().tableStatus()
          == TableStatus.ACTIVE;
    } catch (SdkException e) {
      throw table.failure("DescribeTable", e);
    }
  }

  private static CreateTableRequest request(JsonNode schema, String name) {
    var request =
        CreateTableRequest.builder()
            .tableName(name)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .keySchema(keys(schema))
            .attributeDefinitions(
                stream(schema.path("attributes"))
                    .map(
                        attribute ->
                            AttributeDefinition.builder()
                                .attributeName(attribute.path("name").asText())
                                .attributeType(attribute.path("type").asText())
                                .build())
                    .toList());
    var indexes =
        stream(schema.path("global_secondary_indexes"))
            .map(
                index ->
                    GlobalSecondaryIndex.builder()
                        .indexName(index.path("name").asText())
                        .keySchema(keys(index))
                        .projection(p -> p.projectionType(index.path("projection_type").asText()))
                        .build())
            .toList();
    return indexes.isEmpty() ? request.build() : request.globalSecondaryIndexes(indexes).build();
  }

  private static KeySchemaElement[] keys(JsonNode schema) {
    return new KeySchemaElement[] {
      key(schema.path("hash_key").asText(), KeyType.HASH),
      key(schema.path("range_key").asText(), KeyType.RANGE)
    };
  }

  private static KeySchemaElement key(String attribute, KeyType type) {
    return KeySchemaElement.builder().attributeName(attribute).keyType(type).build();
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
