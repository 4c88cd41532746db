package dev.cloudmend.playbooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.model.Target;
import dev.cloudmend.model.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What buckets have to encrypt new objects with. Without a key it is whatever S3 does by itself,
 * which is AES-256 since January 2023; with one it is SSE-KMS.
 *
 * @param kmsKeyArns keys of AWS KMS, such as {@code
 *     arn:aws:kms:eu-central-1:111122223333:key/1234abcd-…}; a bucket gets one of its own region,
 *     one of its own account before any other, else the first. No aliases: S3 looks for them in the
 *     account of whoever writes an object
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ServerSideEncryptionByDefault.html">ServerSideEncryptionByDefault</a>
 */
public record BucketEncryptionBaseline(List<Arn> kmsKeyArns) {

  /** KMS is not asked for. */
  public static final BucketEncryptionBaseline DEFAULT = new BucketEncryptionBaseline(List.of());

  private static final String KEYS = "kmsKeyArns";
  private static final Pattern KEY = Pattern.compile("key/[A-Za-z0-9-]{1,128}");
  private static final String EXPECTED = "expected arn:aws:kms:region:account:key/id";

  public BucketEncryptionBaseline {
    kmsKeyArns = List.copyOf(kmsKeyArns);
    for (Arn key : kmsKeyArns) {
      if (!isKey(key)) {
        throw new ModelException(Text.shown(key.toString(), 200) + " is no KMS key; " + EXPECTED);
      }
    }
  }

  /** Whether buckets have to encrypt with a key of KMS. */
  public boolean requiresKms() {
    return !kmsKeyArns.isEmpty();
  }

  /** The key for a bucket, when there is one for its partition and region. */
  public Optional<Arn> keyFor(Target bucket) {
    List<Arn> near =
        kmsKeyArns.stream()
            .filter(key -> key.partition().equals(bucket.arn().partition()))
            .filter(key -> key.region().equals(bucket.region()))
            .toList();
    return near.stream()
        .filter(key -> key.account().equals(bucket.account()))
        .findFirst()
        .or(() -> near.stream().findFirst());
  }

  static BucketEncryptionBaseline read(JsonNode tree, String pointer, List<String> problems) {
    if (!(tree instanceof ObjectNode object)) {
      problems.add(pointer + ": expected an object");
      return DEFAULT;
    }
    Baselines.rejectUnknown(object, Set.of(KEYS), pointer, problems);
    JsonNode keys = object.path(KEYS);
    if (keys.isMissingNode()) {
      return DEFAULT;
    }
    if (!(keys instanceof ArrayNode)) {
      problems.add(pointer + "/" + KEYS + ": expected a list");
      return DEFAULT;
    }
    var arns = new ArrayList<Arn>();
    for (int i = 0; i < keys.size(); i++) {
      Optional<Arn> key = key(keys.get(i));
      key.ifPresent(arns::add);
      if (key.isEmpty()) {
        problems.add(
            pointer
                + "/"
                + KEYS
                + "/"
                + i
                + ": "
                + EXPECTED
                + ", found "
                + Text.shown(keys.get(i).toString(), 200));
      }
    }
    return new BucketEncryptionBaseline(arns);
  }

  private static Optional<Arn> key(JsonNode text) {
    try {
      return Optional.of(text)
          .filter(JsonNode::isTextual)
          .map(t -> Arn.parse(t.textValue()))
          .filter(BucketEncryptionBaseline::isKey);
    } catch (ModelException e) {
      return Optional.empty();
    }
  }

  private static boolean isKey(Arn arn) {
    return arn.service().equals("kms")
        && !arn.region().isEmpty()
        && arn.account().matches("\\d{12}")
        && KEY.matcher(arn.resource()).matches();
  }
}
