package dev.cloudmend.claude;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

/** Builds the one client of Bedrock. */
final class BedrockClients {

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final int MODEL_TIMEOUT = 408;
  private static final int MODEL_ERROR = 424;

  private BedrockClients() {}

  /** Builds a client for what is to be asked: region, profile, and a server in AWS's place. */
  static BedrockRuntimeClient open(Bedrock bedrock, AskLimits limits) {
    var builder =
        BedrockRuntimeClient.builder()
            .region(Region.of(bedrock.region()))
            .credentialsProvider(credentials(bedrock))
            .httpClientBuilder(
                // An answer comes in one piece, so its first byte may take as long as all of it.
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(limits.connect())
                    .socketTimeout(limits.attempt()))
            .overrideConfiguration(
                c ->
                    c.apiCallTimeout(limits.total())
                        .apiCallAttemptTimeout(limits.attempt())
                        .retryStrategy(retries(limits))
                        .addExecutionInterceptor(new CallWatch()));
    bedrock.endpoint().ifPresent((URI endpoint) -> builder.endpointOverride(endpoint));
    return builder.build();
  }

  /** Throttling, 5xx and network faults by the SDK's rules, and the two below. */
  private static StandardRetryStrategy retries(AskLimits limits) {
    return AwsRetryStrategy.standardRetryStrategy().toBuilder()
        .maxAttempts(limits.attempts())
        .backoffStrategy(
            BackoffStrategy.exponentialDelay(limits.pause().dividedBy(4), LONGEST_PAUSE))
        .throttlingBackoffStrategy(
            BackoffStrategy.exponentialDelayHalfJitter(limits.pause(), LONGEST_PAUSE))
        .retryOnException(BedrockClients::isOfTheModel)
        .build();
  }

  private static boolean isOfTheModel(Throwable thrown) {
    return thrown instanceof SdkServiceException e
        && (e.statusCode() == MODEL_TIMEOUT || e.statusCode() == MODEL_ERROR);
  }

  private static AwsCredentialsProvider credentials(Bedrock bedrock) {
    if (bedrock.profile().isPresent()) {
      // The chain would ask the environment first, and so may reach another account than named.
      return ProfileCredentialsProvider.create(bedrock.profile().get());
    }
    if (bedrock.endpoint().isEmpty()) {
      return DefaultCredentialsProvider.builder().build();
    }
    // Without the chain's last links, which look for a metadata service that is not there.
    return AwsCredentialsProviderChain.of(
        SystemPropertyCredentialsProvider.create(),
        EnvironmentVariableCredentialsProvider.create(),
        ProfileCredentialsProvider.create(),
        StaticCredentialsProvider.create(AwsBasicCredentials.create("cloudmend", "cloudmend")));
  }
}
