package dev.cloudmend.testing;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3control.S3ControlClient;

/** Clients that try once. */
final class Clients {

  private Clients() {}

  static S3Client s3(URI endpoint) {
    return configured(S3Client.builder().forcePathStyle(true), endpoint).build();
  }

  static IamClient iam(URI endpoint) {
    return configured(IamClient.builder(), endpoint).build();
  }

  static Ec2Client ec2(URI endpoint) {
    return configured(Ec2Client.builder(), endpoint).build();
  }

  static S3ControlClient s3Control(URI endpoint) {
    // The service's own rules put the account id in front of the host, also of an address.
    var here = CompletableFuture.completedFuture(Endpoint.builder().url(endpoint).build());
    return configured(S3ControlClient.builder(), endpoint)
        .endpointProvider(parameters -> here)
        .build();
  }

  private static <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> B configured(
      B builder, URI endpoint) {
    return builder
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("testing", "testing")))
        .overrideConfiguration(client -> client.retryStrategy(AwsRetryStrategy.doNotRetry()));
  }
}
