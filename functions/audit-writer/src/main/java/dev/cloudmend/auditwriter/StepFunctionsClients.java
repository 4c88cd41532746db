package dev.cloudmend.auditwriter;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;

/** Builds the one client of Step Functions. */
final class StepFunctionsClients {

  private StepFunctionsClients() {}

  /**
   * Builds a client.
   *
   * @param region the region of the state machines
   * @param endpoint a server to ask instead of AWS, with dummy credentials
   */
  static SfnClient open(String region, Optional<URI> endpoint) {
    var builder =
        SfnClient.builder()
            .region(Region.of(region))
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(Duration.ofSeconds(3))
                    .socketTimeout(Duration.ofSeconds(10)));
    endpoint.ifPresent(
        (URI server) ->
            builder
                .endpointOverride(server)
                .credentialsProvider(
                    StaticCredentialsProvider.create(
                        AwsBasicCredentials.create("cloudmend", "cloudmend"))));
    return builder.build();
  }
}
