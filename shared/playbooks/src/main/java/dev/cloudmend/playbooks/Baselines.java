package dev.cloudmend.playbooks;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.model.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The configured targets that playbooks aim at.
 *
 * @param passwordPolicy what the account's password policy has to ask for at least
 * @param bucketEncryption what buckets have to encrypt with
 */
public record Baselines(
    PasswordBaseline passwordPolicy, BucketEncryptionBaseline bucketEncryption) {

  /** The targets where nothing is configured. */
  public static final Baselines DEFAULT =
      new Baselines(PasswordBaseline.DEFAULT, BucketEncryptionBaseline.DEFAULT);

  private static final String PASSWORD_POLICY = "passwordPolicy";
  private static final String BUCKET_ENCRYPTION = "bucketEncryption";

  /**
   * Reads targets; what is left out is as in {@link #DEFAULT}.
   *
   * @param tree an object such as {@code {"passwordPolicy": {"minimumPasswordLength": 16}}}
   * @throws ModelException when there is anything in it that is not known or not possible; the
   *     message names all of it by JSON pointer
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Baselines read(JsonNode tree) {
    var problems = new ArrayList<String>();
    PasswordBaseline passwordPolicy = PasswordBaseline.DEFAULT;
    BucketEncryptionBaseline bucketEncryption = BucketEncryptionBaseline.DEFAULT;
    if (tree instanceof ObjectNode object) {
      rejectUnknown(object, Set.of(PASSWORD_POLICY, BUCKET_ENCRYPTION), "", problems);
      JsonNode policy = object.path(PASSWORD_POLICY);
      if (!policy.isMissingNode()) {
        passwordPolicy = PasswordBaseline.read(policy, "/" + PASSWORD_POLICY, problems);
      }
      JsonNode encryption = object.path(BUCKET_ENCRYPTION);
      if (!encryption.isMissingNode()) {
        bucketEncryption =
            BucketEncryptionBaseline.read(encryption, "/" + BUCKET_ENCRYPTION, problems);
      }
    } else {
      problems.add("expected an object");
    }
    if (!problems.isEmpty()) {
      throw new ModelException("the baselines are not valid: " + String.join("; ", problems));
    }
    return new Baselines(passwordPolicy, bucketEncryption);
  }

  static void rejectUnknown(
      ObjectNode object, Set<String> known, String pointer, List<String> problems) {
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                problems.add(
                    pointer
                        + "/"
                        + Text.shown(name, 80)
                        + ": not known; expected one of "
                        + String.join(", ", known.stream().sorted().toList()));
              }
            });
  }
}
