package dev.cloudmend.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.cloudmend.configuration.Configuration.PullRequests;
import dev.cloudmend.configuration.policy.Rule;
import dev.cloudmend.model.Breaker;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Limits;
import dev.cloudmend.pullrequests.Branch;
import dev.cloudmend.pullrequests.Destination;
import dev.cloudmend.pullrequests.PullRequestLimits;
import dev.cloudmend.pullrequests.RepositoryMapping;
import dev.cloudmend.pullrequests.RepositoryMapping.Entry;
import dev.cloudmend.pullrequests.RepositoryName;
import dev.cloudmend.pullrequests.ResourceMatch;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExampleFilesTest {

  @Test
  void theExampleOfAConfigurationIsValidAndHolds() throws Exception {
    Configuration read =
        Configuration.read(Optional.of(file("cloudmend.example.yaml")), Optional.empty());

    assertThat(read.policy().rules())
        .extracting(Rule::name)
        .containsExactly("prod-asks-first", "nothing-at-the-weekend-account");
    assertThat(read.baselines().passwordPolicy().minimumPasswordLength()).isEqualTo(16);
    assertThat(read.baselines().passwordPolicy().maxPasswordAge()).isNull();
    assertThat(read.baselines().bucketEncryption().kmsKeyArns()).hasSize(1);
    assertThat(read.trustedSenders()).containsExactly("222233334444");
    assertThat(read.ownRoleArns()).hasSize(2);
    assertThat(read.breakGlassPrincipals()).hasSize(2);
    assertThat(read.limits()).isEqualTo(new Limits(20, 30, 60, Duration.ofMinutes(30)));
    assertThat(read.breaker()).isEqualTo(new Breaker(5, Duration.ofDays(2)));
    assertThat(read.diagnoser().model()).contains("eu.anthropic.claude-sonnet-4-5-20250929-v1:0");
    assertThat(read.diagnoser().redactNames()).isTrue();
    assertThat(read.pullRequests())
        .isEqualTo(
            new PullRequests(
                new RepositoryMapping(
                    List.of(
                        new Entry(
                            new ResourceMatch(
                                Optional.of("111122223333"),
                                Optional.of("eu-central-1"),
                                Optional.of(new ResourceMatch.Tag("team", "web")),
                                Optional.of("arn:aws:s3:::logs-*")),
                            new Destination(
                                RepositoryName.of("acme/infrastructure"),
                                Optional.of(new Branch("main")),
                                "live/prod",
                                List.of("security"),
                                List.of("ana", "acme/platform"),
                                new PullRequestLimits(10, 2))),
                        new Entry(
                            ResourceMatch.ALL,
                            new Destination(
                                RepositoryName.of("acme/landing-zone"),
                                Optional.empty(),
                                "",
                                List.of(),
                                List.of(),
                                PullRequestLimits.DEFAULT)))),
                false,
                false,
                false));
  }

  @Test
  void theExampleOfAPolicyIsValidAndHolds() throws Exception {
    Configuration read =
        Configuration.read(Optional.empty(), Optional.of(file("policy.example.yaml")));

    assertThat(read.policy().rules())
        .extracting(Rule::name)
        .containsExactly(
            "public-websites",
            "prod-asks-first",
            "sandbox-versioning-by-itself",
            "unknown-callers",
            "the-rest-is-only-shown");
  }

  @ParameterizedTest
  @ValueSource(strings = {"policy.schema.json", "cloudmend.schema.json"})
  void theSchemasAreSchemasAndDescribeEveryMember(String name) throws Exception {
    String schema = text(name);

    assertThat(
            JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"))
                .validate(schema, InputFormat.JSON))
        .isEmpty();
    assertThat(withoutDescription(Json.parse(schema), "")).isEmpty();
  }

  private static List<String> withoutDescription(JsonNode node, String pointer) {
    var found = new ArrayList<String>();
    for (Map.Entry<String, JsonNode> member : node.path("properties").properties()) {
      String at = pointer + "/" + member.getKey();
      JsonNode schema = member.getValue();
      if (!schema.has("description") && !schema.has("$ref")) {
        found.add(at);
      }
      found.addAll(withoutDescription(schema, at));
    }
    for (Map.Entry<String, JsonNode> definition : node.path("$defs").properties()) {
      found.addAll(withoutDescription(definition.getValue(), pointer + "/" + definition.getKey()));
    }
    if (node.path("items").has("properties")) {
      found.addAll(withoutDescription(node.path("items"), pointer + "/*"));
    }
    return found;
  }

  private static Path file(String name) throws URISyntaxException {
    return Path.of(Objects.requireNonNull(Configuration.class.getResource(name)).toURI());
  }

  private static String text(String name) throws IOException {
    try (var in = Objects.requireNonNull(Configuration.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
