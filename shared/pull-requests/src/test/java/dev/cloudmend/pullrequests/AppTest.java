package dev.cloudmend.pullrequests;

import static dev.cloudmend.testing.github.GitHubOperation.CREATE_INSTALLATION_TOKEN;
import static dev.cloudmend.testing.github.GitHubOperation.GET_INSTALLATION;
import static dev.cloudmend.testing.github.GitHubOperation.GET_REPOSITORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudmend.pullrequests.GitHubException.Kind;
import dev.cloudmend.testing.github.FakeGitHub;
import dev.cloudmend.testing.github.GitHubReply;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppTest {

  /** The bytes that PKCS#8 puts before a key of 2,048 bits in PKCS#1. */
  private static final int PKCS8_START = 26;

  private static final String ISSUER = "Iv23abc";
  private static final KeyPair KEYS = keys();

  private final Scene scene = new Scene();

  @BeforeEach
  void install() {
    scene.server.install(ISSUER, KEYS.getPublic());
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void findsItsInstallationByTheRepositoryAndAsksForATokenOfThatRepositoryAlone() {
    try (GitHub github = app(pkcs1())) {
      github.repository(Scene.NAME);
      github.repository(Scene.NAME);
    }

    assertThat(scene.server.operations())
        .containsExactly(
            GET_INSTALLATION, CREATE_INSTALLATION_TOKEN, GET_REPOSITORY, GET_REPOSITORY);
    assertThat(scene.server.requests().get(1).body()).hasToString("{\"repositories\":[\"infra\"]}");
  }

  @Test
  void anInstallationThatIsNamedIsNotLookedUp() {
    GitHubCredentials named = GitHubCredentials.app(ISSUER, pkcs8(), FakeGitHub.INSTALLATION);
    try (GitHub github = scene.client(named, Scene.PATIENCE)) {
      github.repository(Scene.NAME);
    }

    assertThat(scene.server.operations())
        .containsExactly(CREATE_INSTALLATION_TOKEN, GET_REPOSITORY);
  }

  @Test
  void aTokenIsRenewedShortlyBeforeItExpires() {
    try (GitHub github = app(pkcs1())) {
      github.repository(Scene.NAME);
      scene.clock.advance(Duration.ofMinutes(54));
      github.repository(Scene.NAME);
      assertThat(scene.server.count(CREATE_INSTALLATION_TOKEN)).isEqualTo(1);

      scene.clock.advance(Duration.ofMinutes(1));
      github.repository(Scene.NAME);
      assertThat(scene.server.count(CREATE_INSTALLATION_TOKEN)).isEqualTo(2);
    }
  }

  @Test
  void aTokenThatWasTakenBackIsRenewedOnce() {
    try (GitHub github = app(pkcs1())) {
      github.repository(Scene.NAME);
      scene.server.revokeTokens();
      github.repository(Scene.NAME);
      assertThat(scene.server.count(CREATE_INSTALLATION_TOKEN)).isEqualTo(2);

      scene.server.forget();
      scene.server.alwaysFails(GET_REPOSITORY, GitHubReply.badCredentials());
      assertThatThrownBy(() -> github.repository(Scene.NAME))
          .isInstanceOfSatisfying(
              GitHubException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NO_RIGHTS));
      assertThat(scene.server.count(GET_REPOSITORY)).isEqualTo(2);
    }
  }

  @Test
  void anAppWithAnotherKeyHasNoRights() {
    try (GitHub github = app(pem("PRIVATE KEY", keys().getPrivate().getEncoded()))) {
      assertThatThrownBy(() -> github.repository(Scene.NAME))
          .isInstanceOfSatisfying(
              GitHubException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NO_RIGHTS));
    }
  }

  @Test
  void anAppThatIsNotInstalledThereIsNotFound() {
    scene.server.alwaysFails(GET_INSTALLATION, GitHubReply.notFound());
    try (GitHub github = app(pkcs1())) {
      assertThatThrownBy(() -> github.repository(Scene.NAME))
          .isInstanceOfSatisfying(
              GitHubException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
    }
  }

  @Test
  void anAnswerWithoutTokenIsTold() {
    scene.server.alwaysFails(CREATE_INSTALLATION_TOKEN, GitHubReply.error(201, "no token in here"));
    try (GitHub github = app(pkcs1())) {
      assertThatThrownBy(() -> github.repository(Scene.NAME))
          .isInstanceOfSatisfying(
              GitHubException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
    }
  }

  @Test
  void aProposalIsMadeAsTheApp() {
    try (GitHub github = app(pkcs1())) {
      assertThat(new PullRequests(github).propose(scene.fix()))
          .isInstanceOf(ProposalOutcome.Opened.class);
    }
    assertThat(scene.server.count(CREATE_INSTALLATION_TOKEN)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "secret", "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----"})
  void aKeyThatIsNoneIsRefusedWithoutShowingIt(String pem) {
    assertThatThrownBy(() -> GitHubCredentials.app(ISSUER, pem))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no RSA key in PEM")
        .hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ghp secret", "ghp_secret\n", "ghp_sécret"})
  void aTokenThatNoHeaderCanHoldIsRefusedWithoutShowingIt(String token) {
    assertThatThrownBy(() -> GitHubCredentials.token(token))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("ghp");
  }

  @Test
  void credentialsDoNotShowThemselves() {
    assertThat(GitHubCredentials.token("ghp_secret").toString()).doesNotContain("secret");
    assertThat(GitHubCredentials.app(ISSUER, pkcs8()).toString())
        .contains(ISSUER)
        .doesNotContain(KEYS.getPrivate().toString());
  }

  private GitHub app(String pem) {
    return scene.client(GitHubCredentials.app(ISSUER, pem), Scene.PATIENCE);
  }

  private static String pkcs8() {
    return pem("PRIVATE KEY", KEYS.getPrivate().getEncoded());
  }

  private static String pkcs1() {
    byte[] pkcs8 = KEYS.getPrivate().getEncoded();
    return pem("RSA PRIVATE KEY", Arrays.copyOfRange(pkcs8, PKCS8_START, pkcs8.length));
  }

  private static String pem(String kind, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(kind, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der), kind);
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
