package dev.cloudmend.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/**
 * One DynamoDB table. A condition that does not hold is a result; everything else that goes wrong
 * is a {@link StoreException}. A write that meets a transaction on the same item is tried again.
 */
final class Table {

  /** The reason of a part of a transaction whose condition does not hold. */
  static final String CONDITION_FAILED = "ConditionalCheckFailed";

  /** The reason of a part that would have been written. */
  static final String HELD = "None";

  /** Reasons that a caller can do something about: answer, or try again. */
  private static final Set<String> PASSING =
      Set.of(
          CONDITION_FAILED,
          "TransactionConflict",
          "ThrottlingError",
          "ProvisionedThroughputExceeded");

  private final DynamoDbClient client;
  private final String name;

  Table(DynamoDbClient client, String name) {
    this.client = client;
    this.name = name;
  }

  String name() {
    return name;
  }

  /** Reads an item, strongly consistent. */
  Optional<Item> get(String what, Map<String, AttributeValue> key) {
    var response =
        call("GetItem", () -> client.getItem(r -> r.tableName(name).key(key).consistentRead(true)));
    return response.hasItem() ? Optional.of(item(what, response.item())) : Optional.empty();
  }

  void put(Map<String, AttributeValue> item) {
    call("PutItem", () -> client.putItem(r -> r.tableName(name).item(item)));
  }

  /** Puts an item where the condition holds; else gives the item that stands there. */
  Optional<Item> putIf(String what, Map<String, AttributeValue> item, Expression condition) {
    return conditional(
            "PutItem",
            () ->
                client.putItem(
                    r ->
                        r.tableName(name)
                            .item(item)
                            .conditionExpression(condition.text())
                            .expressionAttributeNames(condition.names())
                            .expressionAttributeValues(noneIfEmpty(condition.values()))
                            .returnValuesOnConditionCheckFailure(
                                ReturnValuesOnConditionCheckFailure.ALL_OLD)))
        .map(refused -> item(what, refused.item()));
  }

  /** Updates an item where the condition holds; false when it does not. */
  boolean update(Map<String, AttributeValue> key, Expression update, String condition) {
    return conditional(
            "UpdateItem",
            () ->
                client.updateItem(
                    r ->
                        r.tableName(name)
                            .key(key)
                            .updateExpression(update.text())
                            .conditionExpression(condition)
                            .expressionAttributeNames(
                                Expression.namesIn(update.text() + " " + condition))
                            .expressionAttributeValues(noneIfEmpty(update.values()))))
        .isEmpty();
  }

  void update(Map<String, AttributeValue> key, Expression update) {
    call(
        "UpdateItem",
        () ->
            client.updateItem(
                r ->
                    r.tableName(name)
                        .key(key)
                        .updateExpression(update.text())
                        .expressionAttributeNames(update.names())
                        .expressionAttributeValues(noneIfEmpty(update.values()))));
  }

  void delete(Map<String, AttributeValue> key) {
    call("DeleteItem", () -> client.deleteItem(r -> r.tableName(name).key(key)));
  }

  /** Deletes an item where the condition holds; false when it does not. */
  boolean deleteIf(Map<String, AttributeValue> key, Expression condition) {
    return conditional(
            "DeleteItem",
            () ->
                client.deleteItem(
                    r ->
                        r.tableName(name)
                            .key(key)
                            .conditionExpression(condition.text())
                            .expressionAttributeNames(condition.names())
                            .expressionAttributeValues(noneIfEmpty(condition.values()))))
        .isEmpty();
  }

  /**
   * Writes all or nothing; gives the reasons, one for each write, when a condition or another
   * writer was in the way, else an empty list.
   */
  List<CancellationReason> transact(List<TransactWriteItem> writes) {
    try {
      call("TransactWriteItems", () -> client.transactWriteItems(r -> r.transactItems(writes)));
      return List.of();
    } catch (TransactionCanceledException e) {
      if (e.cancellationReasons().stream().anyMatch(r -> PASSING.contains(r.code()))) {
        return e.cancellationReasons();
      }
      throw failure("TransactWriteItems", e);
    }
  }

  /** One page of a query. */
  Page query(QueryRequest.Builder request) {
    var response = call("Query", () -> client.query(request.tableName(name).build()));
    return new Page(response.items(), response.lastEvaluatedKey());
  }

  /** All pages of a query. */
  List<Map<String, AttributeValue>> all(QueryRequest.Builder request) {
    request.tableName(name);
    var items = new ArrayList<Map<String, AttributeValue>>();
    call(
        "Query",
        () -> client.queryPaginator(request.build()).items().stream().map(items::add).count());
    return items;
  }

  /** All pages of a scan. */
  List<Map<String, AttributeValue>> scan(ScanRequest.Builder request) {
    request.tableName(name);
    var items = new ArrayList<Map<String, AttributeValue>>();
    call(
        "Scan",
        () -> client.scanPaginator(request.build()).items().stream().map(items::add).count());
    return items;
  }

  /**
   * A page of a query.
   *
   * @param next where the next page begins; empty after the last
   */
  record Page(List<Map<String, AttributeValue>> items, Map<String, AttributeValue> next) {}

  /** The failure of a call, in words; for calls that are made elsewhere. */
  StoreException failure(String operation, SdkException e) {
    return new StoreException(
        "table " + name + ": " + operation + " failed: " + cause(e) + "; " + advice(e), e);
  }

  private Item item(String what, Map<String, AttributeValue> attributes) {
    return new Item("table " + name + ": " + what, attributes);
  }

  private Optional<ConditionalCheckFailedException> conditional(
      String operation, Supplier<?> write) {
    try {
      call(operation, write);
      return Optional.empty();
    } catch (ConditionalCheckFailedException e) {
      return Optional.of(e);
    }
  }

  private <T> T call(String operation, Supplier<T> request) {
    var backoff = new Backoff(Backoff.LIMIT);
    while (true) {
      try {
        return request.get();
      } catch (ConditionalCheckFailedException | TransactionCanceledException e) {
        throw e;
      } catch (TransactionConflictException e) {
        if (!backoff.pause()) {
          throw failure(operation, e);
        }
      } catch (SdkException e) {
        throw failure(operation, e);
      }
    }
  }

  /** An empty map of values is refused by DynamoDB; none at all is fine. */
  private static @Nullable Map<String, AttributeValue> noneIfEmpty(
      Map<String, AttributeValue> values) {
    return values.isEmpty() ? null : values;
  }

  private static String cause(SdkException e) {
    if (e instanceof AwsServiceException service) {
      AwsErrorDetails details = service.awsErrorDetails();
      if (details != null && details.errorCode() != null) {
        return details.errorCode() + ": " + details.errorMessage();
      }
    }
    return String.valueOf(e.getMessage());
  }

  private static String advice(SdkException e) {
    if (!(e instanceof AwsServiceException service)) {
      return "check the endpoint, the network and the credentials";
    }
    if (service.isThrottlingException() || service.statusCode() >= 500) {
      return "try again later";
    }
    AwsErrorDetails details = service.awsErrorDetails();
    String code = details == null || details.errorCode() == null ? "" : details.errorCode();
    return switch (code) {
      case "ResourceNotFoundException" ->
          "create the tables (Terraform does; on one machine the suite does) or check the region";
      case "AccessDeniedException" -> "allow this operation to the role";
      case "ValidationException" ->
          "the item may be over 400 KB, or the table may have another schema";
      case "TransactionConflictException" -> "others kept writing the same item; try again";
      default -> "see DynamoDB's error codes";
    };
  }
}
