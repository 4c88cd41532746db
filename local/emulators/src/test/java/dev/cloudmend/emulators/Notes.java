package dev.cloudmend.emulators;

import java.net.URI;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** A table of short texts, as the tests use it. */
final class Notes {

  static final String TABLE = "notes";

  private Notes() {}

  static DynamoDbClient client(URI endpoint, Region region, String accessKey) {
    return DynamoDbClient.builder()
        .endpointOverride(endpoint)
        .region(region)
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, "secret")))
        .build();
  }

  static DynamoDbClient client(URI endpoint) {
    return client(endpoint, Region.US_EAST_1, "testing");
  }

  static void createTable(DynamoDbClient client) {
    client.createTable(
        table ->
            table
                .tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                    AttributeDefinition.builder()
                        .attributeName("id")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(
                    KeySchemaElement.builder().attributeName("id").keyType(KeyType.HASH).build()));
  }

  static void write(DynamoDbClient client, String id, String text) {
    client.putItem(put -> put.tableName(TABLE).item(item(id, text)));
  }

  static Map<String, AttributeValue> item(String id, String text) {
    return Map.of("id", AttributeValue.fromS(id), "text", AttributeValue.fromS(text));
  }

  static Map<String, AttributeValue> read(DynamoDbClient client, String id) {
    return client
        .getItem(
            get ->
                get.tableName(TABLE)
                    .key(Map.of("id", AttributeValue.fromS(id)))
                    .consistentRead(true))
        .item();
  }
}
