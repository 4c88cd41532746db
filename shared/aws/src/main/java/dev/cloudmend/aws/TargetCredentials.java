package dev.cloudmend.aws;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;

/** The credentials for a target account; that there are none can be told from other failures. */
final class TargetCredentials implements AwsCredentialsProvider {

  private static final AwsCredentialsProvider MADE_UP =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("testing", "testing"));

  private final AwsCredentialsProvider source;

  TargetCredentials(AwsCredentialsProvider source) {
    this.source = source;
  }

  /** Thrown into a call when there are no credentials; nothing was sent. */
  static final class MissingException extends RuntimeException {
    private MissingException(RuntimeException cause) {
      super("there are no AWS credentials", cause);
    }
  }

  static TargetCredentials of(AwsConnection connection) {
    return new TargetCredentials(source(connection));
  }

  private static AwsCredentialsProvider source(AwsConnection connection) {
    if (connection.profile().isPresent()) {
      // The chain would ask the environment first, and so may reach another account than named.
      return ProfileCredentialsProvider.create(connection.profile().get());
    }
    if (connection.endpoint().isPresent()) {
      // The instance metadata service is not asked: on an ordinary machine that takes seconds.
      return orMadeUp(
          SystemPropertyCredentialsProvider.create(),
          EnvironmentVariableCredentialsProvider.create(),
          ProfileCredentialsProvider.create());
    }
    return DefaultCredentialsProvider.builder().build();
  }

  /** The first of these that has credentials, else made-up ones, which an emulator takes. */
  static AwsCredentialsProvider orMadeUp(AwsCredentialsProvider... sources) {
    var chain = AwsCredentialsProviderChain.builder();
    for (AwsCredentialsProvider source : sources) {
      chain.addCredentialsProvider(source);
    }
    return chain.addCredentialsProvider(MADE_UP).build();
  }

  @Override
  public AwsCredentials resolveCredentials() {
    try {
      return source.resolveCredentials();
    } catch (RuntimeException e) {
      throw new MissingException(e);
    }
  }
}
