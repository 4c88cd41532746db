package dev.cloudmend.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

class TargetCredentialsTest {

  private static final AwsCredentialsProvider NONE =
      () -> {
        throw SdkClientException.create("none here");
      };

  @Test
  void takesTheFirstCredentialsThatThereAre() {
    var own = StaticCredentialsProvider.create(AwsBasicCredentials.create("own", "secret"));

    assertThat(TargetCredentials.orMadeUp(NONE, own).resolveCredentials().accessKeyId())
        .isEqualTo("own");
  }

  @Test
  void makesSomeUpForAnEmulatorWhenThereAreNone() {
    assertThat(TargetCredentials.orMadeUp(NONE, NONE).resolveCredentials().accessKeyId())
        .isEqualTo("testing");
  }

  @Test
  void saysThatThereAreNone() {
    assertThatThrownBy(() -> new TargetCredentials(NONE).resolveCredentials())
        .isInstanceOf(TargetCredentials.MissingException.class);
  }
}
