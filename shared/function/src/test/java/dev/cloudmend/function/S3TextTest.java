package dev.cloudmend.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudmend.model.ModelException;
import dev.cloudmend.testing.EmulatedAccount;
import dev.cloudmend.testing.RecordedRequest;
import dev.cloudmend.testing.RecordingProxy;
import dev.cloudmend.testing.WithEmulatedAccount;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

@WithEmulatedAccount
class S3TextTest {

  private static final String BUCKET = "configuration";

  private final S3Client owner;
  private final RecordingProxy proxy;
  private final S3Text s3;

  S3TextTest(EmulatedAccount account) {
    account.reset();
    this.owner =
        S3Client.builder()
            .endpointOverride(account.endpoint())
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
    this.proxy = RecordingProxy.inFrontOf(account.endpoint());
    this.s3 = new S3Text("us-east-1", Optional.of(proxy.endpoint()));
  }

  @AfterEach
  void close() {
    proxy.close();
    owner.close();
  }

  @Test
  void oneVersionIsReadAlsoAfterAnother() {
    owner.createBucket(b -> b.bucket(BUCKET));
    owner.putBucketVersioning(
        b ->
            b.bucket(BUCKET)
                .versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
    String first = put("a folder/cloudmend.yaml", "first: ä");
    put("a folder/cloudmend.yaml", "second");

    String place = "s3://configuration/a folder/cloudmend.yaml";
    assertThat(s3.read(place + "?versionId=" + first)).isEqualTo("first: ä");
    assertThat(s3.read(place)).isEqualTo("second");
    assertThat(proxy.requests()).last().extracting(RecordedRequest::name).isEqualTo("s3:GetObject");
  }

  @Test
  void whatIsNotThereIsSaidWithTheServicesWord() {
    owner.createBucket(b -> b.bucket(BUCKET));

    assertThatThrownBy(() -> s3.read("s3://configuration/none.yaml"))
        .isInstanceOf(ModelException.class)
        .hasMessage("s3://configuration/none.yaml cannot be read: HTTP status 404, NoSuchKey");
  }

  @Test
  void anAnswerThatMayPassIsAskedForAgain() {
    owner.createBucket(b -> b.bucket(BUCKET));
    put("c.yaml", "here");
    proxy.failNext("s3:GetObject", 503, "SlowDown");

    assertThat(s3.read("s3://configuration/c.yaml")).isEqualTo("here");
  }

  @Test
  void nobodyWhoAnswersIsSaidToo() {
    var nobody = new S3Text("us-east-1", Optional.of(URI.create("http://127.0.0.1:1")));

    assertThatThrownBy(() -> nobody.read("s3://configuration/c.yaml"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("no answer (ConnectException)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://configuration",
        "s3://configuration/",
        "s3:///c.yaml",
        "s3://UPPER/c.yaml",
        "s3://b/c.yaml?versionId=a&x=y",
        "s3://b@evil.example/c.yaml"
      })
  void aPlaceThatIsNoneIsRefused(String place) {
    assertThatThrownBy(() -> s3.read(place))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("expected s3://bucket/key");
    assertThat(proxy.requests()).isEmpty();
  }

  private String put(String key, String text) {
    return String.valueOf(
        owner.putObject(p -> p.bucket(BUCKET).key(key), RequestBody.fromString(text)).versionId());
  }
}
