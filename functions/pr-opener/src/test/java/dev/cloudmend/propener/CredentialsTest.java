package dev.cloudmend.propener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudmend.function.IncidentState;
import dev.cloudmend.function.TryAgainException;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.LambdaCall;
import dev.cloudmend.testing.github.FakeGitHub;
import dev.cloudmend.testing.github.GitHubOperation;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.PropertySource.Origin;
import io.micronaut.context.env.PropertySource.PropertyConvention;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who asks GitHub comes from a secret that is read when it is needed and told to nobody. */
class CredentialsTest {

  private static final String GOOD = "{\"token\": \"" + FakeGitHub.TOKEN + "\"}";
  private static final String OLD = "{\"token\": \"ghp_old\"}";

  @RegisterExtension final FreshStore tables = new FreshStore();
  @TempDir Path folder = Path.of("");
  private final SecretsServer secrets = new SecretsServer(GOOD);
  private Scene scene;

  @BeforeEach
  void scene() {
    scene = new Scene(tables, folder);
  }

  @AfterEach
  void close() {
    scene.close();
    secrets.close();
  }

  @Test
  void theSecretIsReadWhenItIsNeededAndNotAgainForMinutes() throws IOException {
    try (var handler = new PrOpenerHandler(settings())) {
      assertThat(secrets.readings()).isZero();

      assertThat(Scene.open(handler, scene.asked("evt-1")).outcome())
          .isEqualTo(Outcome.PULL_REQUEST_OPENED);
      Scene.open(handler, scene.asked("evt-2"));

      assertThat(secrets.readings()).isEqualTo(1);
    }
  }

  @Test
  void aTokenThatWasRotatedIsReadAgainOnce() throws IOException {
    secrets.rotate(OLD);
    try (var handler = new PrOpenerHandler(settings())) {
      IncidentState refused = Scene.open(handler, scene.asked("evt-1"));
      assertThat(refused.outcome()).isEqualTo(Outcome.MANUAL);
      assertThat(refused.reason()).contains("401 Bad credentials").doesNotContain("ghp_old");
      assertThat(secrets.readings()).isEqualTo(2);

      secrets.rotate(GOOD);

      assertThat(Scene.open(handler, scene.asked("evt-2")).outcome())
          .isEqualTo(Outcome.PULL_REQUEST_OPENED);
      assertThat(secrets.readings()).isEqualTo(3);
    }
  }

  @Test
  void aSweepReadsARotatedTokenAgainOnceToo() throws IOException {
    scene.open(scene.asked("evt-1"), settings());
    secrets.rotate(OLD);
    try (var handler = new PrOpenerHandler(settings())) {
      Scene.open(handler, scene.asked("evt-1"));
      secrets.rotate(GOOD);

      var swept = LambdaCall.call(handler, Json.object().put("action", "sweep"));

      assertThat(swept.path("read").asInt()).isEqualTo(1);
    }
  }

  @Test
  void anAppAsksWithTheTokensOfItsInstallation() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair pair = generator.generateKeyPair();
    scene.server.install("4242", pair.getPublic());
    secrets.rotate(
        Json.object()
            .put("appId", 4242)
            .put("installationId", String.valueOf(FakeGitHub.INSTALLATION))
            .put("privateKey", pem(pair))
            .toString());
    IncidentState state = scene.asked("evt-1");

    IncidentState end = scene.open(state, settings());

    assertThat(end.outcome()).isEqualTo(Outcome.PULL_REQUEST_OPENED);
    assertThat(scene.server.count(GitHubOperation.CREATE_INSTALLATION_TOKEN)).isEqualTo(1);
    assertThat(scene.server.count(GitHubOperation.GET_INSTALLATION)).isZero();
    assertThat(end + scene.everything(state)).doesNotContain("PRIVATE", "ghs_");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ghp_verySecret",
        "[\"ghp_verySecret\"]",
        "{\"token\": [\"ghp_verySecret\"]}",
        "{\"token\": \"ghp_verySecret with spaces\"}",
        "{\"token\": \"ghp_verySecret\", \"privateKey\": \"x\"}",
        "{\"appId\": \"1\", \"privateKey\": \"ghp_verySecret\"}",
        "{\"appId\": \"1\", \"installationId\": \"ghp_verySecret\", \"privateKey\": \"x\"}",
        "{\"other\": \"ghp_verySecret\"}"
      })
  void aSecretThatIsNotUnderstoodIsAPersonsMatterAndNotRepeated(String text) throws IOException {
    secrets.rotate(text);
    IncidentState state = scene.asked("evt-1");

    IncidentState end = scene.open(state, settings());

    assertThat(end.outcome()).isEqualTo(Outcome.MANUAL);
    assertThat(end.reason())
        .startsWith(
            "cloudmend.github.secret: " + SecretsServer.ARN + " does not hold a JSON object");
    assertThat(end + scene.everything(state)).doesNotContain("verySecret");
    assertThat(scene.server.requests()).isEmpty();
  }

  @Test
  void aSecretThatMayNotBeReadIsAPersonsMatter() throws IOException {
    secrets.refuse("AccessDeniedException");

    IncidentState end = scene.open(scene.asked("evt-1"), settings());

    assertThat(end.outcome()).isEqualTo(Outcome.MANUAL);
    assertThat(end.reason()).endsWith("cannot be read: AccessDeniedException");
  }

  @Test
  void aSecretThatCannotBeReadNowIsTriedAgain() {
    secrets.refuse("ThrottlingException");
    IncidentState state = scene.asked("evt-1");

    assertThatThrownBy(() -> scene.open(state, settings()))
        .isExactlyInstanceOf(TryAgainException.class)
        .hasMessageEndingWith("cannot be read: ThrottlingException");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cloudmend.github.secret |  | nobody is set who may ask GitHub",
        "cloudmend.github.secret | ghp_verySecret | is not the ARN of a Secrets Manager secret",
        "cloudmend.github.secret-endpoint | no address | secret-endpoint is not an address",
        "cloudmend.github.token | ghp_verySecret | are both set",
        "cloudmend.github.address | ftp://verySecret@x | expected an https URL",
        "cloudmend.github.address | http://github.example.com | expected an https URL",
        "cloudmend.github.address | not an address | expected an https URL"
      })
  void aSettingThatIsNotUnderstoodIsAPersonsMatterAndNoCrashOfTheStart(
      String name, String value, String reason) throws IOException {
    Map<String, Object> settings = settings();
    settings.put(name, Optional.ofNullable(value).orElse(""));
    IncidentState state = scene.asked("evt-1");

    IncidentState end = scene.open(state, settings);

    assertThat(end.outcome()).isEqualTo(Outcome.MANUAL);
    assertThat(end.reason()).contains(reason).doesNotContain("verySecret");
    assertThat(scene.server.requests()).isEmpty();
  }

  @Test
  void aTokenThatCanBeNoneIsAPersonsMatterAndNotRepeated() throws IOException {
    Map<String, Object> settings = scene.settings(true);
    settings.put("cloudmend.github.token", "ghp_very secret");

    IncidentState end = scene.open(scene.asked("evt-1"), settings);

    assertThat(end.outcome()).isEqualTo(Outcome.MANUAL);
    assertThat(end.reason()).startsWith("cloudmend.github.token: ").doesNotContain("ghp_very");
  }

  @Test
  void withoutARepositoryNobodyIsAskedForASecret() throws IOException {
    scene.write("pullRequests: {maskAccounts: true}\n");

    IncidentState end = scene.open(scene.asked("evt-1"), settings());

    assertThat(end.outcome()).isEqualTo(Outcome.MANUAL);
    assertThat(end.reason()).isEqualTo("no repository is configured for this resource");
    assertThat(secrets.readings()).isZero();
  }

  @Test
  void noFormOfTheSettingsShowsTheToken() {
    var settings =
        new GitHubSettings(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("ghp_verySecret"));

    assertThat(settings.toString() + Login.ofToken("ghp_verySecret")).doesNotContain("verySecret");
  }

  @Test
  void environmentVariablesAreRead() {
    PropertySource variables =
        PropertySource.of(
            "test",
            Map.of(
                "CLOUDMEND_GITHUB_ADDRESS", "https://github.example.com/api/v3",
                "CLOUDMEND_GITHUB_SECRET", SecretsServer.ARN,
                "CLOUDMEND_GITHUB_TOKEN", "ghp_one",
                "AWS_ENDPOINT_URL", "http://127.0.0.1:5000"),
            PropertyConvention.ENVIRONMENT_VARIABLE,
            Origin.of("test"));

    assertThat(from(variables))
        .isEqualTo(
            new GitHubSettings(
                Optional.of("https://github.example.com/api/v3"),
                Optional.of(SecretsServer.ARN),
                Optional.of("http://127.0.0.1:5000"),
                Optional.of("ghp_one")));
    assertThat(
            from(PropertySource.of(
                    "test",
                    Map.of(
                        "CLOUDMEND_GITHUB_SECRET_ENDPOINT", "http://127.0.0.1:5001",
                        "AWS_ENDPOINT_URL", "http://127.0.0.1:5000"),
                    PropertyConvention.ENVIRONMENT_VARIABLE,
                    Origin.of("test")))
                .secretEndpoint())
        .contains("http://127.0.0.1:5001");
  }

  /** The environment of whoever runs the tests is left out. */
  private static GitHubSettings from(PropertySource source) {
    try (ApplicationContext context =
        ApplicationContext.builder()
            .environmentPropertySource(false)
            .propertySources(source)
            .build()
            .start()) {
      return PrOpenerFactory.gitHub(context.getEnvironment());
    }
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = scene.settings(true);
    settings.remove("cloudmend.github.token");
    settings.put("cloudmend.github.secret", SecretsServer.ARN);
    settings.put("cloudmend.github.secret-endpoint", secrets.endpoint());
    return settings;
  }

  private static String pem(KeyPair pair) {
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }
}
