package dev.cloudmend.endpoint.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.endpoint.AnsweredHere;
import dev.cloudmend.endpoint.AwsAnswer;
import dev.cloudmend.endpoint.AwsRequest;
import dev.cloudmend.endpoint.ServiceException;
import dev.cloudmend.endpoint.Upstream;
import dev.cloudmend.endpoint.Upstream.Caller;
import dev.cloudmend.model.Json;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What DynamoDB Local does not keep of a table and Terraform asks for: tags, point-in-time
 * recovery, encryption, and ARNs with the region and the account. Nothing is backed up and nothing
 * is encrypted.
 */
public final class TableSettings implements AnsweredHere {

  private static final String LOCAL = "arn:aws:dynamodb:ddblocal:000000000000:";
  private static final Pattern TABLE = Pattern.compile("(?:arn:[^/]*:table/)?([^/]+).*");
  private static final String TAG = "tag:";
  private static final String RECOVERY = "recovery";
  private static final String KEY = "key";
  private static final int RECOVERY_DAYS = 35;
  private static final int WARM_READS = 12_000;
  private static final int WARM_WRITES = 4_000;

  private final Upstream upstream;
  private final SwitchFile file;

  /**
   * Opens the settings.
   *
   * @param folder where they are kept; made when it is not there
   */
  public TableSettings(Upstream upstream, Path folder) {
    this.upstream = upstream;
    this.file = new SwitchFile(folder.resolve("table-settings.json"));
  }

  @Override
  public Set<String> operations() {
    return Set.of(
            "CreateTable",
            "DescribeTable",
            "UpdateTable",
            "DeleteTable",
            "TagResource",
            "UntagResource",
            "ListTagsOfResource",
            "DescribeContinuousBackups",
            "UpdateContinuousBackups")
        .stream()
        .map("dynamodb:"::concat)
        .collect(Collectors.toSet());
  }

  @Override
  public AwsAnswer answer(AwsRequest request) {
    ObjectNode parameters = request.body().json();
    String table = table(parameters);
    Caller caller = Caller.of(request);
    ObjectNode answer =
        switch (request.operation()) {
          case "TagResource" -> tag(caller, table, parameters);
          case "UntagResource" -> untag(caller, table, parameters);
          case "ListTagsOfResource" -> tags(caller, table);
          case "DescribeContinuousBackups" -> backups(caller, table);
          case "UpdateContinuousBackups" -> updateBackups(caller, table, parameters);
          default -> onTable(caller, request.operation(), table, parameters);
        };
    return AwsAnswer.json(answer);
  }

  private static String table(ObjectNode parameters) {
    String name = parameters.path("TableName").asText(parameters.path("ResourceArn").asText(""));
    Matcher matcher = TABLE.matcher(name);
    if (!matcher.matches()) {
      throw new ServiceException(400, "ValidationException", "No table is named");
    }
    return matcher.group(1);
  }

  private ObjectNode onTable(Caller caller, String operation, String table, ObjectNode parameters) {
    ObjectNode own = parameters.deepCopy();
    JsonNode encryption = own.path("SSESpecification");
    own.remove("SSESpecification");
    own.remove("Tags");
    boolean onlyEncryption = operation.equals("UpdateTable") && own.size() == 1;
    ObjectNode answer =
        upstream.call(caller, "dynamodb", onlyEncryption ? "DescribeTable" : operation, own);
    if (operation.equals("CreateTable")) {
      file.remove(table);
      keepTags(table, parameters.path("Tags"));
    }
    if (encryption.isObject()) {
      keepEncryption(table, encryption);
    }
    if (onlyEncryption) {
      answer.set("TableDescription", answer.remove("Table"));
    }
    ObjectNode description =
        answer.withObjectProperty(answer.has("Table") ? "Table" : "TableDescription");
    String home =
        "arn:aws:dynamodb:" + caller.region() + ":" + upstream.account(caller.accessKey()) + ":";
    describeEncryption(description, file.get(table), home);
    rename(description, home);
    boolean onDemand =
        description
            .path("BillingModeSummary")
            .path("BillingMode")
            .asText()
            .equals("PAY_PER_REQUEST");
    if (onDemand) {
      describeThroughput(description);
      description.path("GlobalSecondaryIndexes").forEach(TableSettings::describeThroughput);
    }
    description.path("GlobalSecondaryIndexes").forEach(index -> rename(index, home));
    description.path("LocalSecondaryIndexes").forEach(index -> rename(index, home));
    if (operation.equals("DeleteTable")) {
      file.remove(table);
    }
    return answer;
  }

  /** Not the ARN of a stream: by that DynamoDB Local has to find it again. */
  private static void rename(JsonNode described, String home) {
    for (String member : Set.of("TableArn", "IndexArn")) {
      String arn = described.path(member).asText("");
      if (arn.startsWith(LOCAL) && described instanceof ObjectNode object) {
        object.put(member, home + arn.substring(LOCAL.length()));
      }
    }
  }

  /** What AWS says of a new table that is paid by request; without it Terraform sees a change. */
  private static void describeThroughput(JsonNode described) {
    if (described instanceof ObjectNode object) {
      object
          .withObjectProperty("ProvisionedThroughput")
          .put("NumberOfDecreasesToday", 0)
          .put("ReadCapacityUnits", 0)
          .put("WriteCapacityUnits", 0);
      object
          .putObject("WarmThroughput")
          .put("ReadUnitsPerSecond", WARM_READS)
          .put("WriteUnitsPerSecond", WARM_WRITES)
          .put("Status", "ACTIVE");
    }
  }

  private void keepEncryption(String table, JsonNode encryption) {
    if (encryption.path("Enabled").asBoolean(false)) {
      String key = encryption.path("KMSMasterKeyId").asText("alias/aws/dynamodb");
      file.put(table, Map.of(KEY, key));
    } else {
      file.remove(table, Set.of(KEY));
    }
  }

  private static void describeEncryption(
      ObjectNode description, Map<String, String> kept, String home) {
    String key = kept.get(KEY);
    if (key != null) {
      String arn = key.startsWith("arn:") ? key : home.replace(":dynamodb:", ":kms:") + key;
      description
          .putObject("SSEDescription")
          .put("Status", "ENABLED")
          .put("SSEType", "KMS")
          .put("KMSMasterKeyArn", arn);
    }
  }

  private void keepTags(String table, JsonNode tags) {
    for (JsonNode tag : tags) {
      file.put(table, Map.of(TAG + tag.path("Key").asText(), tag.path("Value").asText()));
    }
  }

  private ObjectNode tag(Caller caller, String table, ObjectNode parameters) {
    requireTable(caller, table);
    keepTags(table, parameters.path("Tags"));
    return Json.object();
  }

  private ObjectNode untag(Caller caller, String table, ObjectNode parameters) {
    requireTable(caller, table);
    Set<String> names = new HashSet<>();
    parameters.path("TagKeys").forEach(key -> names.add(TAG + key.asText()));
    file.remove(table, names);
    return Json.object();
  }

  private ObjectNode tags(Caller caller, String table) {
    requireTable(caller, table);
    ObjectNode answer = Json.object();
    ArrayNode tags = answer.putArray("Tags");
    file.get(table)
        .forEach(
            (name, value) -> {
              if (name.startsWith(TAG)) {
                tags.addObject().put("Key", name.substring(TAG.length())).put("Value", value);
              }
            });
    return answer;
  }

  private ObjectNode updateBackups(Caller caller, String table, ObjectNode parameters) {
    requireTable(caller, table);
    JsonNode wanted = parameters.path("PointInTimeRecoverySpecification");
    if (wanted.path("PointInTimeRecoveryEnabled").asBoolean(false)) {
      int days = wanted.path("RecoveryPeriodInDays").asInt(RECOVERY_DAYS);
      file.put(table, Map.of(RECOVERY, Integer.toString(days)));
    } else {
      file.remove(table, Set.of(RECOVERY));
    }
    return backups(caller, table);
  }

  private ObjectNode backups(Caller caller, String table) {
    requireTable(caller, table);
    String days = file.get(table).get(RECOVERY);
    ObjectNode answer = Json.object();
    ObjectNode recovery =
        answer
            .putObject("ContinuousBackupsDescription")
            .put("ContinuousBackupsStatus", "ENABLED")
            .putObject("PointInTimeRecoveryDescription")
            .put("PointInTimeRecoveryStatus", days == null ? "DISABLED" : "ENABLED");
    if (days != null) {
      recovery.put("RecoveryPeriodInDays", Integer.parseInt(days));
    }
    return answer;
  }

  private void requireTable(Caller caller, String table) {
    upstream.call(caller, "dynamodb", "DescribeTable", Json.object().put("TableName", table));
  }
}
