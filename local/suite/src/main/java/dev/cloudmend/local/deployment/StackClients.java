package dev.cloudmend.local.deployment;

import dev.cloudmend.local.TargetAccount;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** Clients of the account that a suite is deployed in; each is made when it is first needed. */
final class StackClients implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final TargetAccount account;
  private final AwsCredentialsProvider credentials;
  private final SdkHttpClient http =
      UrlConnectionHttpClient.builder()
          .connectionTimeout(Duration.ofSeconds(5))
          .socketTimeout(PATIENCE)
          .build();

  StackClients(TargetAccount account) {
    this.account = account;
    this.credentials = credentials(account);
  }

  /** Whom all of them call as. */
  AwsCredentialsProvider credentials() {
    return credentials;
  }

  SsmClient ssm() {
    return with(SsmClient.builder()).build();
  }

  SfnClient stepFunctions() {
    return with(SfnClient.builder()).build();
  }

  SqsClient sqs() {
    return with(SqsClient.builder()).build();
  }

  LambdaClient lambda() {
    return with(LambdaClient.builder()).build();
  }

  S3Client s3() {
    return with(S3Client.builder().forcePathStyle(account.endpoint().isPresent())).build();
  }

  private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B with(B builder) {
    account.endpoint().ifPresent(builder::endpointOverride);
    return builder
        .httpClient(http)
        .region(Region.of(account.region()))
        .credentialsProvider(credentials);
  }

  private static AwsCredentialsProvider credentials(TargetAccount account) {
    if (account.profile().isPresent()) {
      // The chain would ask the environment first, and so may reach another account than named.
      return ProfileCredentialsProvider.create(account.profile().get());
    }
    if (account.endpoint().isEmpty()) {
      return DefaultCredentialsProvider.builder().build();
    }
    return AwsCredentialsProviderChain.of(
        EnvironmentVariableCredentialsProvider.create(),
        ProfileCredentialsProvider.create(),
        StaticCredentialsProvider.create(AwsBasicCredentials.create("testing", "testing")));
  }

  @Override
  public void close() {
    http.close();
  }
}
