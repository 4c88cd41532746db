package dev.cloudmend.diagnoser;

import dev.cloudmend.claude.Bedrock;
import dev.cloudmend.claude.Claude;
import dev.cloudmend.configuration.Configuration;
import dev.cloudmend.function.Settings;
import dev.cloudmend.playbooks.Catalogue;
import dev.cloudmend.store.Store;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Makes the diagnoser from the settings and the configuration. */
@Factory
final class DiagnoserFactory {

  @Singleton
  @Bean(preDestroy = "close")
  Diagnoser diagnoser(Settings settings, Configuration configuration, Store store) {
    return new Diagnoser(
        Catalogue.standard(),
        store,
        claude(settings, configuration.diagnoser()),
        configuration.diagnoser().redactNames(),
        DiagnosisMetrics::count);
  }

  /** Empty, and without a client, where Claude is not to be asked. */
  static Optional<Claude> claude(Settings settings, Configuration.Diagnoser how) {
    if (!settings.asksClaude()) {
      return Optional.empty();
    }
    return Optional.of(
        new Bedrock(settings.region(), settings.profile(), settings.bedrockEndpoint(), how.model())
            .open());
  }
}
