package dev.cloudmend.claude.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

  static Iterable<String> secrets() {
    return Planted.SECRETS;
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void aSecretIsSeenByItsForm(String secret) {
    assertThat(Secrets.isIn("description = \"" + secret + "\"")).isTrue();
    assertThat(Secrets.isIn("# " + secret)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password = \"abcd\"",
        "password                     = \"Tr0ub4dor\"",
        "# the password: Tr0ub4dor",
        "\"api_key\" : \"abcdef\"",
        "master_password=\"a b c d\""
      })
  void aSecretIsSeenByItsName(String text) {
    assertThat(Secrets.isIn(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "http_tokens = \"required\"",
        "ami = \"ami-0123456789abcdef0\"",
        "arn = \"arn:aws:kms:eu-west-1:428571428571:key/7f0f4c2e-1a2b-4c3d-8e9f-0123456789ab\"",
        "name = \"password\"",
        "password = \"\"",
        "# rotates the key once a year"
      })
  void whatIsNoneIsNotSeen(String text) {
    assertThat(Secrets.isIn(text)).isFalse();
  }
}
