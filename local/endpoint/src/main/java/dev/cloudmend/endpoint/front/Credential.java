package dev.cloudmend.endpoint.front;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request is signed with and for. The signature itself is not checked: emulators do not
 * either.
 *
 * @param accessKey the id of the access key
 * @param region empty where the signature is for any region (Signature Version 4A)
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">
 *     Signature Version 4</a>
 */
record Credential(String accessKey, String region, String service) {

  private static final Pattern IN_HEADER = Pattern.compile("Credential=([^,\\s]+)");
  private static final Pattern IN_QUERY =
      Pattern.compile("(?:^|&)X-Amz-Credential=([^&]+)", Pattern.CASE_INSENSITIVE);
  private static final int PARTS = 5;

  /**
   * Reads it from the Authorization header, or from the query of a presigned URL.
   *
   * @param query still encoded
   */
  static Optional<Credential> of(@Nullable String authorization, @Nullable String query) {
    if (authorization != null) {
      Matcher header = IN_HEADER.matcher(authorization);
      return header.find() ? parse(header.group(1)) : Optional.empty();
    }
    Matcher parameter = IN_QUERY.matcher(query == null ? "" : query);
    return parameter.find()
        ? Forms.decoded(parameter.group(1)).flatMap(Credential::parse)
        : Optional.empty();
  }

  private static Optional<Credential> parse(String scope) {
    String[] parts = scope.split("/", -1);
    if (parts.length == PARTS) {
      return Optional.of(new Credential(parts[0], parts[2], parts[3]));
    }
    return parts.length == PARTS - 1
        ? Optional.of(new Credential(parts[0], "", parts[2]))
        : Optional.empty();
  }
}
