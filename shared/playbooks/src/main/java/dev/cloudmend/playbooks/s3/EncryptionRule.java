package dev.cloudmend.playbooks.s3;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.aws.AwsCallException;
import dev.cloudmend.aws.AwsReader;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.model.Text;
import dev.cloudmend.playbooks.Operations;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * How a bucket encrypts new objects.
 *
 * @param bucket whose rule it is
 * @param configuration as S3 tells it; absent where it says that there is none, which has meant
 *     AES-256 since January 2023
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ServerSideEncryptionRule.html">ServerSideEncryptionRule</a>
 */
record EncryptionRule(Bucket bucket, Optional<ObjectNode> configuration) {

  static final String BLOCKED_TYPES = "BlockedEncryptionTypes";

  private static final String CONFIGURATION = "ServerSideEncryptionConfiguration";
  private static final String NONE = "ServerSideEncryptionConfigurationNotFoundError";
  private static final String RULES = "Rules";
  private static final String DEFAULT = "ApplyServerSideEncryptionByDefault";
  private static final String ALGORITHM = "SSEAlgorithm";
  private static final String KEY = "KMSMasterKeyID";
  private static final String BUCKET_KEY = "BucketKeyEnabled";
  private static final String TYPES = "EncryptionType";
  private static final String AES256 = "AES256";
  private static final Set<String> KMS = Set.of("aws:kms", "aws:kms:dsse");

  static EncryptionRule read(Bucket bucket, AwsReader aws) {
    try {
      JsonNode told =
          aws.read(bucket.call(Operations.GET_BUCKET_ENCRYPTION.name())).path(CONFIGURATION);
      if (told instanceof ObjectNode configuration) {
        return new EncryptionRule(bucket, Optional.of(configuration));
      }
      throw new ModelException("s3:GetBucketEncryption answered without " + CONFIGURATION);
    } catch (AwsCallException e) {
      if (e.code().equals(NONE)) {
        return new EncryptionRule(bucket, Optional.empty());
      }
      throw e;
    }
  }

  /** Whether it is a key of KMS, be it one or two layers, that new objects are encrypted with. */
  boolean isKms() {
    return KMS.contains(algorithm());
  }

  /** Why the rule cannot be replaced without losing what is in it. */
  Optional<String> obstacle() {
    if (configuration.isEmpty()) {
      return Optional.empty();
    }
    int rules = configuration.get().path(RULES).size();
    if (rules != 1) {
      return Optional.of("has " + rules + " encryption rules, expected one");
    }
    return unknown(configuration.get(), Set.of(RULES))
        .or(() -> unknown(rule(), Set.of(DEFAULT, BUCKET_KEY, BLOCKED_TYPES)))
        .or(() -> unknown(rule().path(DEFAULT), Set.of(ALGORITHM, KEY)))
        .or(() -> unknown(rule().path(BLOCKED_TYPES), Set.of(TYPES)))
        .map(name -> "has an encryption rule with the unknown member '" + name + "'")
        .or(
            () ->
                isKms() || algorithm().equals(AES256)
                    ? Optional.empty()
                    : Optional.of(
                        "encrypts with "
                            + Text.shown(algorithm(), 80)
                            + ", of which it is not known whether KMS would be weaker"));
  }

  /** Whether the rule says which ways of encrypting S3 refuses. */
  boolean blocksTypes() {
    return rule().has(BLOCKED_TYPES);
  }

  /**
   * The rule in one form, however S3 spells what is not set.
   *
   * @param withBlockedTypes whether the ways of encrypting that S3 refuses are to show
   */
  ObjectNode state(boolean withBlockedTypes) {
    ObjectNode state = Json.object();
    ObjectNode applied = state.putObject(DEFAULT).put(ALGORITHM, algorithm());
    JsonNode key = rule().path(DEFAULT).path(KEY);
    if (!key.isMissingNode()) {
      applied.set(KEY, key);
    }
    state.put(BUCKET_KEY, rule().path(BUCKET_KEY).asBoolean(false));
    if (withBlockedTypes && blocksTypes()) {
      ArrayNode types = state.putObject(BLOCKED_TYPES).putArray(TYPES);
      StreamSupport.stream(rule().path(BLOCKED_TYPES).path(TYPES).spliterator(), false)
          .map(JsonNode::asText)
          .sorted()
          .forEach(types::add);
    }
    return state;
  }

  /** The rule with a key of KMS and a bucket key, all else as it is. */
  EncryptionRule withKey(Arn key) {
    ObjectNode rule = rule();
    rule.putObject(DEFAULT).put(ALGORITHM, "aws:kms").put(KEY, key.toString());
    rule.put(BUCKET_KEY, true);
    return of(rule);
  }

  /** Another rule, with the refused ways of encrypting that this one has. */
  EncryptionRule withBlockedTypesIn(EncryptionRule other) {
    ObjectNode rule = other.rule();
    if (other.configuration.isEmpty()) {
      rule.putObject(DEFAULT).put(ALGORITHM, AES256);
    }
    rule.set(BLOCKED_TYPES, rule().get(BLOCKED_TYPES));
    return of(rule);
  }

  /** The call that makes this the bucket's rule. */
  ApiCall write() {
    return configuration
        .map(c -> bucket.call(Operations.PUT_BUCKET_ENCRYPTION.name(), CONFIGURATION, c))
        .orElseGet(() -> bucket.call(Operations.DELETE_BUCKET_ENCRYPTION.name()));
  }

  /** The rule that a call makes the bucket's. */
  static EncryptionRule writtenBy(ApiCall call, Bucket bucket) {
    return new EncryptionRule(
        bucket,
        call.parameters().path(CONFIGURATION) instanceof ObjectNode configuration
            ? Optional.of(configuration)
            : Optional.empty());
  }

  private EncryptionRule of(ObjectNode rule) {
    ObjectNode all = Json.object();
    all.putArray(RULES).add(rule);
    return new EncryptionRule(bucket, Optional.of(all));
  }

  private String algorithm() {
    return rule().path(DEFAULT).path(ALGORITHM).asText(AES256);
  }

  private ObjectNode rule() {
    return configuration.map(c -> c.path(RULES).path(0)).orElseGet(Json::object)
            instanceof ObjectNode rule
        ? rule.deepCopy()
        : Json.object();
  }

  private static Optional<String> unknown(JsonNode object, Set<String> known) {
    List<String> names = object.properties().stream().map(e -> e.getKey()).toList();
    return names.stream().filter(n -> !known.contains(n)).findFirst().map(n -> Text.shown(n, 80));
  }
}
