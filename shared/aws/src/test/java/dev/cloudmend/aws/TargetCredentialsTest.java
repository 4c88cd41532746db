package dev.cloudmend.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
  void aNamedProfileWinsOverWhatTheProcessHasBesides(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("credentials"),
            """
            [named]
            aws_access_key_id = of-the-profile
            aws_secret_access_key = secret
            """);
    var process =
        Map.of(
            "aws.accessKeyId", "of-the-process",
            "aws.secretAccessKey", "secret",
            "aws.sharedCredentialsFile", file.toString());
    process.forEach(System::setProperty);
    try {
      var connection = new AwsConnection(Optional.empty(), "us-east-1", Optional.of("named"));

      assertThat(TargetCredentials.of(connection).resolveCredentials().accessKeyId())
          .isEqualTo("of-the-profile");
    } finally {
      process.keySet().forEach(System::clearProperty);
    }
  }

  @Test
  void saysThatThereAreNone() {
    assertThatThrownBy(() -> new TargetCredentials(NONE).resolveCredentials())
        .isInstanceOf(TargetCredentials.MissingException.class);
  }
}
