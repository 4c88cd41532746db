package dev.cloudmend.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudmend.aws.MemberAccounts;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.ModelException;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.PropertySource.Origin;
import io.micronaut.context.env.PropertySource.PropertyConvention;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  @Test
  void aFunctionWithoutSettingsIsNotLive() {
    Settings settings = fromProperties(Map.of());

    assertThat(settings.live()).isFalse();
    assertThat(settings.targetEndpoint()).isEmpty();
    assertThat(settings.tablesEndpoint()).isEmpty();
    assertThat(settings.profile()).isEmpty();
    assertThat(settings.auditTable()).isEqualTo("cloudmend-audit");
    assertThat(settings.stateTable()).isEqualTo("cloudmend-state");
    assertThat(settings.ownRoleArns()).isEmpty();
    assertThat(settings.trustedSenders()).isEmpty();
  }

  @Test
  void propertiesAreRead() {
    Settings settings =
        fromProperties(
            Map.of(
                "cloudmend.live", "true",
                "cloudmend.region", "eu-west-1",
                "cloudmend.profile", "audit",
                "cloudmend.target.endpoint", "http://127.0.0.1:5000",
                "cloudmend.tables.endpoint", "http://127.0.0.1:8000",
                "cloudmend.tables.audit", "a-table",
                "cloudmend.tables.state", "s-table",
                "cloudmend.trusted-senders", "111111111111, 222222222222"));

    assertThat(settings.live()).isTrue();
    assertThat(settings.region()).isEqualTo("eu-west-1");
    assertThat(settings.profile()).contains("audit");
    assertThat(settings.targetEndpoint()).contains(URI.create("http://127.0.0.1:5000"));
    assertThat(settings.tablesEndpoint()).contains(URI.create("http://127.0.0.1:8000"));
    assertThat(settings.auditTable()).isEqualTo("a-table");
    assertThat(settings.stateTable()).isEqualTo("s-table");
    assertThat(settings.trustedSenders()).containsExactly("111111111111", "222222222222");
  }

  @Test
  void environmentVariablesAreRead() {
    Settings settings =
        fromEnvironment(
            Map.of(
                "CLOUDMEND_LIVE", "true",
                "CLOUDMEND_TARGET_ENDPOINT", "http://127.0.0.1:5000",
                "CLOUDMEND_TABLES_AUDIT", "a-table",
                "CLOUDMEND_OWN_ROLE_ARNS",
                    "arn:aws:iam::111111111111:role/one,arn:aws:iam::111111111111:role/two"));

    assertThat(settings.live()).isTrue();
    assertThat(settings.targetEndpoint()).contains(URI.create("http://127.0.0.1:5000"));
    assertThat(settings.auditTable()).isEqualTo("a-table");
    assertThat(settings.ownRoleArns())
        .containsExactly(
            "arn:aws:iam::111111111111:role/one", "arn:aws:iam::111111111111:role/two");
  }

  @Test
  void anEmptyRunSwitchIsNoYes() {
    assertThat(fromProperties(Map.of("cloudmend.live", " ")).live()).isFalse();
    assertThat(fromProperties(Map.of("cloudmend.live", "false")).live()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "1", "TRUE", "True", "on", "true; drop"})
  void aRunSwitchThatIsNeitherTrueNorFalseIsAnError(String text) {
    assertThatThrownBy(() -> fromProperties(Map.of("cloudmend.live", text)))
        .hasRootCauseInstanceOf(ModelException.class)
        .rootCause()
        .hasMessage("cloudmend.live is '" + text + "'; expected true or false");
  }

  @Test
  void anEndpointThatIsNoAddressIsAnErrorThatNamesTheSetting() {
    assertThatThrownBy(() -> fromProperties(Map.of("cloudmend.tables.endpoint", "not an address")))
        .hasStackTraceContaining("cloudmend.tables.endpoint is not an address; expected one such");
  }

  @Test
  void oneAddressOfAwsServesAllThatHaveNoneOfTheirOwn() {
    var variables =
        Map.<String, Object>of(
            "AWS_ENDPOINT_URL", "http://127.0.0.1:4566",
            "CLOUDMEND_TABLES_ENDPOINT", "http://127.0.0.1:8000");

    Settings settings = fromEnvironment(variables);
    assertThat(settings.targetEndpoint()).contains(URI.create("http://127.0.0.1:4566"));
    assertThat(settings.configurationEndpoint()).contains(URI.create("http://127.0.0.1:4566"));
    assertThat(settings.tablesEndpoint()).contains(URI.create("http://127.0.0.1:8000"));
    assertThat(settings.bedrockEndpoint()).isEmpty();
    assertThat(from(environment(variables), MemberSettings.class).externalIdsEndpoint())
        .contains(URI.create("http://127.0.0.1:4566"));
  }

  @Test
  void thereAreNoMembersUnlessTheyAreListed() {
    MemberSettings members = from(PropertySource.of("test", Map.of()), MemberSettings.class);

    assertThat(members)
        .isEqualTo(new MemberSettings(List.of(), "cloudmend", Optional.empty(), Optional.empty()));
  }

  @Test
  void membersAreRead() {
    String secret = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:ids-AbCdEf";
    MemberSettings members =
        from(
            environment(
                Map.of(
                    "CLOUDMEND_MEMBERS", "222222222222, 333333333333",
                    "CLOUDMEND_MEMBER_PREFIX", "guard",
                    "CLOUDMEND_EXTERNAL_IDS", secret)),
            MemberSettings.class);

    assertThat(members.accounts()).containsExactly("222222222222", "333333333333");
    assertThat(members.prefix()).isEqualTo("guard");
    assertThat(members.externalIds()).contains(Arn.parse(secret));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ids", "arn:aws:s3:::bucket", "arn:aws:secretsmanager::1:secret:x"})
  void aSecretThatIsNoneIsAnErrorThatNamesTheSetting(String text) {
    assertThatThrownBy(
            () ->
                from(
                    PropertySource.of("test", Map.of("cloudmend.external-ids", text)),
                    MemberSettings.class))
        .hasRootCauseInstanceOf(ModelException.class)
        .hasStackTraceContaining("cloudmend.external-ids");
  }

  @Test
  void aMemberThatIsNoAccountIsAnErrorThatNamesTheSetting() {
    assertThatThrownBy(
            () ->
                from(
                    PropertySource.of("test", Map.of("cloudmend.members", "1234")),
                    MemberAccounts.class))
        .hasStackTraceContaining("cloudmend.members")
        .hasStackTraceContaining("twelve digits");
  }

  private static Settings fromProperties(Map<String, Object> properties) {
    return from(PropertySource.of("test", properties), Settings.class);
  }

  private static Settings fromEnvironment(Map<String, Object> variables) {
    return from(environment(variables), Settings.class);
  }

  private static PropertySource environment(Map<String, Object> variables) {
    return PropertySource.of(
        "test", variables, PropertyConvention.ENVIRONMENT_VARIABLE, Origin.of("test"));
  }

  /** The environment of whoever runs the tests is left out. */
  private static <T> T from(PropertySource source, Class<T> type) {
    try (ApplicationContext context =
        ApplicationContext.builder()
            .environmentPropertySource(false)
            .propertySources(source)
            .build()
            .start()) {
      return context.getBean(type);
    }
  }
}
