package dev.cloudmend.aws;

import dev.cloudmend.model.Target;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3control.S3ControlClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * Builds the clients of target accounts: one per service and region, when it is first needed.
 * Nothing else in the project builds one.
 */
final class ClientFactory implements AutoCloseable {

  // Where global services are reached and signed for.
  private static final Map<String, String> PARTITION_REGIONS =
      Map.of(
          "aws", "us-east-1",
          "aws-cn", "cn-north-1",
          "aws-us-gov", "us-gov-west-1",
          "aws-iso", "us-iso-east-1",
          "aws-iso-b", "us-isob-east-1");

  private final AwsConnection connection;
  private final CallLimits limits;
  private final Optional<ReadOnlyGuard> guard;
  private final AwsCredentialsProvider credentials;
  private final SdkHttpClient http;
  private final Map<String, SdkClient> clients = new ConcurrentHashMap<>();

  /** With the own credentials. */
  ClientFactory(AwsConnection connection, CallLimits limits, Optional<ReadOnlyGuard> guard) {
    this(connection, limits, guard, TargetCredentials.of(connection));
  }

  /**
   * @param guard the guard that every client carries; empty only for the clients that write
   * @param credentials what every client signs with
   */
  ClientFactory(
      AwsConnection connection,
      CallLimits limits,
      Optional<ReadOnlyGuard> guard,
      AwsCredentialsProvider credentials) {
    this.connection = connection;
    this.limits = limits;
    this.guard = guard;
    this.credentials = credentials;
    this.http =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(limits.connect())
            .socketTimeout(limits.attempt())
            .buildWithDefaults(AttributeMap.empty());
  }

  AwsConnection connection() {
    return connection;
  }

  /**
   * @param region a region or {@link Target#GLOBAL}
   */
  SdkClient client(Service service, String region) {
    Region place = region(service, region);
    return clients.computeIfAbsent(
        service.id() + "|" + place.id(), key -> checked(build(service, place)));
  }

  @Override
  public void close() {
    clients.values().forEach(SdkClient::close);
    clients.clear();
    http.close();
  }

  private Region region(Service service, String region) {
    if (!region.equals(Target.GLOBAL)) {
      return Region.of(region);
    }
    Region own = Region.of(connection.region());
    return service == Service.STS
        ? own
        : Region.of(PARTITION_REGIONS.getOrDefault(PartitionMetadata.of(own).id(), own.id()));
  }

  private SdkClient build(Service service, Region region) {
    Optional<URI> endpoint = connection.endpoint();
    return switch (service) {
      case EC2 -> configured(Ec2Client.builder(), region);
      case IAM -> configured(IamClient.builder(), region);
      case S3 -> configured(S3Client.builder().forcePathStyle(endpoint.isPresent()), region);
      case S3CONTROL -> {
        var builder = S3ControlClient.builder();
        endpoint.ifPresent(at -> builder.endpointProvider(parameters -> just(at)));
        yield configured(builder, region);
      }
      case STS -> configured(StsClient.builder(), region);
    };
  }

  private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C extends SdkClient>
      C configured(B builder, Region region) {
    var overrides =
        ClientOverrideConfiguration.builder()
            .apiCallTimeout(limits.total())
            .apiCallAttemptTimeout(limits.attempt())
            .retryStrategy(
                AwsRetryStrategy.standardRetryStrategy().toBuilder()
                    .maxAttempts(limits.attempts())
                    .build());
    guard.ifPresent(overrides::addExecutionInterceptor);
    connection
        .endpoint()
        .ifPresent(
            endpoint -> {
              builder.endpointOverride(endpoint);
              overrides.putAdvancedOption(
                  SdkAdvancedClientOption.DISABLE_HOST_PREFIX_INJECTION, true);
            });
    return builder
        .region(region)
        .credentialsProvider(credentials)
        .httpClient(http)
        .overrideConfiguration(overrides.build())
        .build();
  }

  // The rules of s3control put the account id in front of the host even where prefixes are off.
  private static CompletableFuture<Endpoint> just(URI url) {
    return CompletableFuture.completedFuture(Endpoint.builder().url(url).build());
  }

  // A second overrideConfiguration(...) would silently drop the guard.
  private SdkClient checked(SdkClient client) {
    if (guard.isPresent()
        && !client
            .serviceClientConfiguration()
            .overrideConfiguration()
            .executionInterceptors()
            .contains(guard.get())) {
      client.close();
      throw new IllegalStateException("a read-only client was built without its guard");
    }
    return client;
  }
}
