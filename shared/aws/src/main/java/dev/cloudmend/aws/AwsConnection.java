package dev.cloudmend.aws;

import dev.cloudmend.model.Arn;
import dev.cloudmend.model.ModelException;
import java.net.URI;
import java.util.Optional;

/**
 * Where a target account is reached.
 *
 * @param endpoint an emulator's address; empty for AWS itself. With it, buckets are addressed by
 *     path, account ids stay out of host names, and made-up credentials are used when neither the
 *     environment, the system properties nor the profile have any
 * @param region the region of calls that have none of their own, and of the caller's identity; its
 *     partition is where {@link dev.cloudmend.model.Target#GLOBAL} calls go
 * @param profile the profile of the shared AWS configuration files; empty for the ordinary
 *     credential chain
 */
public record AwsConnection(Optional<URI> endpoint, String region, Optional<String> profile) {

  /**
   * @throws ModelException when the region does not have a region's form, or the endpoint is not an
   *     address such as {@code http://127.0.0.1:5000}
   */
  public AwsConnection {
    Arn.checkRegion(region);
    endpoint.ifPresent(AwsConnection::check);
  }

  private static void check(URI endpoint) {
    String scheme = endpoint.getScheme();
    boolean http = "http".equals(scheme) || "https".equals(scheme);
    if (!http || endpoint.getHost() == null || endpoint.getRawUserInfo() != null) {
      throw new ModelException(
          "the endpoint is not valid; expected http or https with a host and no user, such as"
              + " http://127.0.0.1:5000");
    }
  }
}
