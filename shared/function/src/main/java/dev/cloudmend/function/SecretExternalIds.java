package dev.cloudmend.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.aws.AwsCallException;
import dev.cloudmend.aws.AwsCallException.Kind;
import dev.cloudmend.aws.ExternalIds;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Json;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** External ids in a {@link Secret}: a JSON object, account to external id. */
final class SecretExternalIds implements ExternalIds {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_+=,.@:/-]{2,1224}");
  private static final String EXPECTED =
      "a JSON object of accounts (twelve digits) and external ids (2 to 1224 letters, digits and"
          + " _ + = , . @ : / -)";

  private final String region;
  private final Secret<Map<String, String>> ids;

  /**
   * Reads nothing yet.
   *
   * @param secret the secret's ARN
   * @param endpoint a Secrets Manager to ask instead of AWS's
   */
  SecretExternalIds(Arn secret, Optional<URI> endpoint, Clock clock) {
    this.region = secret.region();
    this.ids = new Secret<>(secret, endpoint, clock, EXPECTED, SecretExternalIds::ids);
  }

  @Override
  public Optional<String> of(String account) {
    try {
      return Optional.ofNullable(ids.value().get(account));
    } catch (SecretException e) {
      var call = new ApiCall("secretsmanager", "GetSecretValue", region, Json.object());
      throw new AwsCallException(kind(e), e.code(), call, String.valueOf(e.getMessage()));
    }
  }

  private static Kind kind(SecretException e) {
    return switch (e.kind()) {
      case THROTTLED -> Kind.THROTTLED;
      case UNREACHABLE -> Kind.UNREACHABLE;
      case ACCESS_DENIED -> Kind.ACCESS_DENIED;
      case INVALID -> Kind.SERVICE;
    };
  }

  private static Map<String, String> ids(ObjectNode secret) {
    var all = new HashMap<String, String>();
    for (Map.Entry<String, JsonNode> entry : secret.properties()) {
      JsonNode id = entry.getValue();
      if (!id.isTextual() || !ID.matcher(id.asText()).matches()) {
        throw new IllegalArgumentException("an external id has another form");
      }
      all.put(Arn.checkAccount(entry.getKey()), id.asText());
    }
    return Map.copyOf(all);
  }
}
