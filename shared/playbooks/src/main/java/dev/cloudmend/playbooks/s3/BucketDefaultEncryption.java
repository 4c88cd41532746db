package dev.cloudmend.playbooks.s3;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.aws.AwsReader;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Assessment;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.Reversibility;
import dev.cloudmend.model.Target;
import dev.cloudmend.playbooks.Baselines;
import dev.cloudmend.playbooks.BucketEncryptionBaseline;
import dev.cloudmend.playbooks.LiveState;
import dev.cloudmend.playbooks.Playbook;
import dev.cloudmend.playbooks.PlaybookInfo;
import dev.cloudmend.playbooks.Undo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Makes a bucket encrypt new objects with a key of KMS, where the baseline asks for one and the
 * bucket uses none. KMS is never given up, and no other key takes the place of one that is set.
 *
 * <p>The state is the bucket's encryption rule. Where S3 says that there is none the state is
 * AES-256, which is what S3 does then; so it is the same before and after undo whether S3 tells its
 * default or not. Refused ways of encrypting are part of it if the bucket refused any beforehand.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-encryption.html">Setting
 *     default server-side encryption behavior for Amazon S3 buckets</a>
 */
public final class BucketDefaultEncryption implements Playbook {

  @Override
  public PlaybookInfo info() {
    return DefaultEncryptionInfo.INFO;
  }

  @Override
  public Assessment assess(ResourceRef resource, Baselines baselines, AwsReader aws) {
    return Bucket.look(resource, aws, bucket -> assess(bucket, baselines.bucketEncryption(), aws));
  }

  @Override
  public JsonNode observe(Change change, AwsReader aws) {
    return state(change, EncryptionRule.read(new Bucket(change.target()), aws));
  }

  /** Puts the former rule back; ways of encrypting that others had S3 refuse since stay refused. */
  @Override
  public Assessment undo(Change applied, AwsReader aws) {
    var bucket = new Bucket(applied.target());
    return LiveState.of(
        applied.target().account(), aws, () -> goBack(applied, EncryptionRule.read(bucket, aws)));
  }

  private static Assessment assess(
      Bucket bucket, BucketEncryptionBaseline baseline, AwsReader aws) {
    if (!baseline.requiresKms()) {
      return new Assessment.Compliant();
    }
    EncryptionRule live = EncryptionRule.read(bucket, aws);
    if (live.isKms()) {
      return new Assessment.Compliant();
    }
    Optional<String> obstacle = live.obstacle();
    if (obstacle.isPresent()) {
      return new Assessment.Blocked("bucket " + bucket.name() + " " + obstacle.get());
    }
    Optional<Arn> key = baseline.keyFor(bucket.target());
    if (key.isEmpty()) {
      return new Assessment.Blocked(noKey(bucket.target(), baseline));
    }
    EncryptionRule planned = live.withKey(key.get());
    return new Assessment.Violating(
        new Change(
            bucket.target(),
            DefaultEncryptionInfo.INFO.id(),
            DefaultEncryptionInfo.INFO.version(),
            live.state(true),
            planned.state(true),
            List.of(planned.write()),
            List.of(live.write()),
            Reversibility.EXACT,
            null,
            "Encrypt new objects of bucket " + bucket.name() + " with a key of KMS",
            warnings(bucket.target(), key.get()),
            Json.object()));
  }

  private static Assessment goBack(Change applied, EncryptionRule live) {
    Assessment plan = Undo.plan(applied, state(applied, live));
    if (!(plan instanceof Assessment.Violating(Change back))
        || !live.blocksTypes()
        || speaksOfBlockedTypes(applied)) {
      return plan;
    }
    EncryptionRule former =
        EncryptionRule.writtenBy(applied.undo().getFirst(), new Bucket(applied.target()));
    return new Assessment.Violating(
        Undo.change(
            applied,
            back.before(),
            back.after(),
            List.of(live.withBlockedTypesIn(former).write()),
            List.of(live.write()),
            Reversibility.EXACT));
  }

  private static JsonNode state(Change change, EncryptionRule live) {
    return live.obstacle()
        .<JsonNode>map(reason -> Json.object().put("unreadable", reason))
        .orElseGet(() -> live.state(speaksOfBlockedTypes(change)));
  }

  private static boolean speaksOfBlockedTypes(Change change) {
    return change.before().has(EncryptionRule.BLOCKED_TYPES)
        || change.after().has(EncryptionRule.BLOCKED_TYPES);
  }

  private static String noKey(Target bucket, BucketEncryptionBaseline baseline) {
    var configured = new TreeSet<String>();
    baseline
        .kmsKeyArns()
        .forEach(key -> configured.add(key.region() + " (" + key.partition() + ")"));
    return "no KMS key is configured for region "
        + bucket.region()
        + " ("
        + bucket.arn().partition()
        + "), in which bucket "
        + bucket.arn().resource()
        + " is; bucketEncryption.kmsKeyArns has keys for "
        + String.join(", ", configured);
  }

  private static List<String> warnings(Target bucket, Arn key) {
    var warnings = new ArrayList<String>();
    warnings.add(
        "Whoever reads new objects needs kms:Decrypt on "
            + key
            + ", whoever writes them kms:GenerateDataKey, and the key's policy has to let them in;"
            + " cross-account readers need both sides.");
    warnings.add(
        "The key itself is not looked at, and S3 takes any: with one that is disabled, deleted or"
            + " closed to the bucket's users, writing and reading new objects fails.");
    warnings.add(
        "Server access logs cannot be delivered to a bucket that encrypts with KMS by default.");
    warnings.add("Calls to KMS cost; the bucket key keeps them few.");
    warnings.add("Objects that are there stay encrypted as they are.");
    if (!key.account().equals(bucket.account())) {
      warnings.add(
          "The key is of account " + key.account() + ", the bucket of " + bucket.account() + ".");
    }
    return warnings;
  }
}
