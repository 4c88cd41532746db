package dev.cloudmend.propener;

import dev.cloudmend.claude.Bedrock;
import dev.cloudmend.configuration.Configuration;
import dev.cloudmend.function.Settings;
import dev.cloudmend.playbooks.Catalogue;
import dev.cloudmend.store.Store;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/** Makes the opener and the sweep from the settings and the configuration. */
@Factory
final class PrOpenerFactory {

  @Singleton
  @Bean(preDestroy = "close")
  GitHubAccess access(Environment environment, Settings settings, Configuration configuration) {
    return new GitHubAccess(
        gitHub(environment),
        configuration.pullRequests(),
        author(settings, configuration),
        Clock.systemUTC());
  }

  /** Empty, and without a client, where Claude is not to be asked. */
  private static Optional<ClaudeBlockAuthor> author(
      Settings settings, Configuration configuration) {
    if (!configuration.pullRequests().asksClaude()) {
      return Optional.empty();
    }
    Bedrock bedrock =
        new Bedrock(
            settings.region(),
            settings.profile(),
            settings.bedrockEndpoint(),
            configuration.diagnoser().model());
    return Optional.of(
        new ClaudeBlockAuthor(
            bedrock.open(ClaudeBlockAuthor.LIMITS),
            configuration.diagnoser().redactNames(),
            AuthorMetrics::count));
  }

  @Singleton
  Opener opener(Settings settings, Configuration configuration, GitHubAccess access, Store store) {
    return new Opener(
        configuration.pullRequests().repositories(),
        access,
        new FixRequests(Catalogue.standard(), store),
        store,
        settings.live(),
        Clock.systemUTC());
  }

  @Singleton
  Sweep sweep(Settings settings, GitHubAccess access, Store store) {
    return new Sweep(access, store, settings.live(), Clock.systemUTC());
  }

  static GitHubSettings gitHub(Environment environment) {
    return new GitHubSettings(
        text(environment, "cloudmend.github.address"),
        text(environment, "cloudmend.github.secret"),
        text(environment, "cloudmend.github.secret-endpoint")
            .or(() -> text(environment, "aws.endpoint.url")),
        text(environment, "cloudmend.github.token"));
  }

  private static Optional<String> text(Environment environment, String name) {
    return environment.getProperty(name, String.class).filter(s -> !s.isBlank());
  }
}
