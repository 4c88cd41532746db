package dev.cloudmend.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.configuration.policy.Inputs;
import dev.cloudmend.model.Breaker;
import dev.cloudmend.model.Decision;
import dev.cloudmend.model.Decision.Mode;
import dev.cloudmend.model.Finding.Actor;
import dev.cloudmend.model.Limits;
import dev.cloudmend.playbooks.Baselines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ConfigurationTest {

  private static final List<String> RULES =
      List.of(
          "{name: a, mode: guided}",
          "{name: b, mode: ignore, dryRun: true}",
          "{name: c, mode: manual}");

  @Test
  void theExampleOfTheRequirementWorks() throws Exception {
    Configuration configuration =
        policy(
            """
            rules:
              - {name: prod-asks-first, when: {finding: {severity: [CRITICAL, HIGH]}, resource: {account: ["111122223333"]}}, mode: guided, dryRun: false}
            """);

    assertThat(configuration.policy().decide(Inputs.bucket(), true, configuration.hash()))
        .isEqualTo(
            new Decision(
                Mode.guided,
                false,
                "prod-asks-first",
                List.of("live"),
                List.of(),
                configuration.hash()));
    assertThat(configuration.policy().rules().getFirst().line()).isEqualTo(2);
  }

  @Test
  void withoutAFileTheTierDecidesAndTheHashIsThatOfAnEmptyFile() throws Exception {
    Configuration none = Configuration.read(Optional.empty(), Optional.empty());

    assertThat(none.policy().rules()).isEmpty();
    assertThat(none.baselines()).isEqualTo(Baselines.DEFAULT);
    assertThat(none.diagnoser().redactNames()).isTrue();
    assertThat(none.hash()).matches("sha256:[0-9a-f]{64}").isEqualTo(read("{}").hash());
  }

  @Test
  void aPolicyFileTakesThePlaceOfThePolicyAndOfNothingElse() throws Exception {
    Path file =
        write("trustedSenders: ['111122223333']\npolicy: {rules: [{name: a, mode: guided}]}");
    Path policy = write("rules: [{name: b, mode: ignore}]");

    Configuration both = Configuration.read(Optional.of(file), Optional.of(policy));

    assertThat(both.policy().rules()).extracting(r -> r.name()).containsExactly("b");
    assertThat(both.trustedSenders()).containsExactly("111122223333");
    assertThat(both.hash())
        .isEqualTo(
            read("trustedSenders: ['111122223333']\npolicy: {rules: [{name: b, mode: ignore}]}")
                .hash());
  }

  @Test
  void everyPartIsInTheHash() throws Exception {
    List<Configuration> different =
        List.of(
            Configuration.builtIn(),
            read("policy: {rules: [{name: a, mode: guided}]}"),
            read("policy: {rules: [{name: b, mode: guided}]}"),
            read("policy: {rules: [{name: a, mode: manual}]}"),
            read("policy: {rules: [{name: a, mode: guided, dryRun: true}]}"),
            read("policy: {rules: [{name: a, mode: guided, when: {finding: {source: [b]}}}]}"),
            read("baselines: {passwordPolicy: {minimumPasswordLength: 15}}"),
            read(
                "baselines: {bucketEncryption: {kmsKeyArns:"
                    + " ['arn:aws:kms:us-east-1:111122223333:key/a']}}"),
            read("trustedSenders: ['111122223333']"),
            read("ownRoleArns: ['arn:aws:iam::111122223333:role/a']"),
            read("breakGlassPrincipals: ['arn:aws:iam::111122223333:role/a']"),
            read("limits: {perAccount: 1}"),
            read("limits: {perPlaybook: 1}"),
            read("limits: {total: 1}"),
            read("limits: {window: PT1M}"),
            read("breaker: {fixes: 1}"),
            read("breaker: {window: PT1M}"),
            read("diagnoser: {model: m}"),
            read("diagnoser: {redactNames: false}"),
            read("policy: {rules: [{name: a, mode: guided, channels: [live]}]}"),
            read("policy: {rules: [{name: a, mode: guided, channels: [pull_request]}]}"),
            read("policy: {rules: [{name: a, mode: guided, channels: [live, pull_request]}]}"));

    assertThat(different).extracting(Configuration::hash).doesNotHaveDuplicates();
  }

  @Test
  void whatIsWrittenOutAsTheDefaultIsInTheHashAsIfLeftOut() throws Exception {
    assertThat(
            read("""
                    policy:
                      rules: [{name: a, mode: guided, when: {}, dryRun: false}]
                    baselines: {passwordPolicy: {minimumPasswordLength: 14, maxPasswordAge: null}}
                    trustedSenders: []
                    limits: {perAccount: 50, perPlaybook: 50, total: 100, window: PT60M}
                    breaker: {fixes: 3, window: PT24H}
                    diagnoser: {redactNames: true}
                    pullRequests: {maskAccounts: false, breaking: false, claude: false, repositories: []}
                    """)
                .hash())
        .isEqualTo(read("policy: {rules: [{name: a, mode: guided}]}").hash());
  }

  @Test
  void whatIsLeftOutOfLimitsAndBreakerIsAsByDefault() throws Exception {
    Configuration some = read("limits: {total: 0, window: P7D}\nbreaker: {window: P1DT12H}");

    assertThat(some.limits()).isEqualTo(new Limits(50, 50, 0, Duration.ofDays(7)));
    assertThat(some.breaker()).isEqualTo(new Breaker(3, Duration.ofHours(36)));
    assertThat(Configuration.builtIn().limits()).isEqualTo(Limits.DEFAULT);
    assertThat(read("limits: {}\nbreaker: {}").breaker()).isEqualTo(Breaker.DEFAULT);
  }

  @Property(tries = 60)
  void neitherFormNorOrderOfSetsIsInTheHashButTheOrderOfRulesIs(
      @ForAll long seed, @ForAll @IntRange(max = 2) int from, @ForAll @IntRange(max = 2) int to)
      throws IOException {
    var random = new Random(seed);
    String plain = read(text(RULES, new Random(0), false)).hash();

    assertThat(read(text(RULES, random, true)).hash()).isEqualTo(plain);

    var moved = new ArrayList<>(RULES);
    moved.add(to, moved.remove(from));
    assertThat(read(text(moved, random, true)).hash().equals(plain)).isEqualTo(from == to);
  }

  @Test
  void aBreakGlassPrincipalIsListedOrActsInAListedRole() throws Exception {
    String role = "arn:aws:iam::111122223333:role/break-glass";
    String user = "arn:aws:iam::111122223333:user/emergency";
    Configuration configuration = read("breakGlassPrincipals: ['%s', '%s']".formatted(role, user));

    assertThat(configuration.isBreakGlass(new Actor(user, "IAMUser", null, null, null))).isTrue();
    assertThat(
            configuration.isBreakGlass(
                new Actor(
                    "arn:aws:sts::111122223333:assumed-role/break-glass/jane",
                    "AssumedRole",
                    role,
                    null,
                    null)))
        .isTrue();
    assertThat(
            configuration.isBreakGlass(
                new Actor(
                    "arn:aws:sts::111122223333:assumed-role/dev/break-glass",
                    "AssumedRole",
                    "arn:aws:iam::111122223333:role/dev",
                    role,
                    role)))
        .isFalse();
    assertThat(Configuration.builtIn().isBreakGlass(new Actor(user, "IAMUser", null, null, null)))
        .isFalse();
  }

  /** The same configuration, in a form that is picked at random. */
  private static String text(List<String> rules, Random random, boolean shuffle) {
    String comment = shuffle ? " # " + random.nextInt() : "";
    var list = rules.stream().map(r -> "    - " + r + comment).collect(Collectors.joining("\n"));
    var senders = shuffled(List.of("'111122223333'", "\"222233334444\""), random, shuffle);
    var roles =
        shuffled(
            List.of("arn:aws:iam::111122223333:role/a", "arn:aws:iam::111122223333:role/b"),
            random,
            shuffle);
    return String.join(
        comment + "\n",
        shuffled(
            List.of(
                "policy:\n  rules:\n" + list,
                "trustedSenders: [" + String.join(", ", senders) + "]",
                "ownRoleArns:\n  - " + String.join("\n  - ", roles),
                "breakGlassPrincipals: [" + String.join(",   ", roles) + "]",
                "diagnoser: {"
                    + String.join(
                        ", ", shuffled(List.of("model: m", "redactNames: false"), random, shuffle))
                    + "}",
                "baselines: {passwordPolicy: {minimumPasswordLength: 0x10}}"),
            random,
            shuffle));
  }

  private static List<String> shuffled(List<String> values, Random random, boolean shuffle) {
    var copy = new ArrayList<>(values);
    if (shuffle) {
      Collections.shuffle(copy, random);
    }
    return copy;
  }

  private static Configuration read(String yaml) throws IOException {
    return Configuration.read(Optional.of(write(yaml)), Optional.empty());
  }

  private static Configuration policy(String yaml) throws IOException {
    return Configuration.read(Optional.empty(), Optional.of(write(yaml)));
  }

  private static Path write(String yaml) throws IOException {
    Path file = Files.createTempFile("cloudmend", ".yaml");
    file.toFile().deleteOnExit();
    return Files.writeString(file, yaml);
  }
}
