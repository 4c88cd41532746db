package dev.cloudmend.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Makes IAM's policy documents readable where a CloudTrail record has them URL-encoded, as IAM's
 * answers do.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_PolicyVersion.html">IAM:
 *     PolicyVersion</a>
 */
final class PolicyTexts {

  private static final Set<String> DOCUMENTS =
      Set.of("policyDocument", "assumeRolePolicyDocument", "document");
  private static final String BRACE = "%7B";
  private static final int DEEPEST = 8;

  private PolicyTexts() {}

  /** The value, or a copy in which the documents are decoded where it has some. */
  static JsonNode decoded(JsonNode value) {
    JsonNode copy = value.deepCopy();
    decode(copy, 0);
    return copy;
  }

  private static void decode(JsonNode value, int depth) {
    if (depth > DEEPEST || !(value instanceof ObjectNode object)) {
      return;
    }
    for (var member : object.properties()) {
      JsonNode inner = member.getValue();
      if (DOCUMENTS.contains(member.getKey()) && inner.asText("").startsWith(BRACE)) {
        member.setValue(object.textNode(plain(inner.textValue())));
      } else {
        decode(inner, depth + 1);
      }
    }
  }

  private static String plain(String document) {
    try {
      return URLDecoder.decode(document, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // Cut or damaged: as it came.
      return document;
    }
  }
}
