package dev.cloudmend.function;

import dev.cloudmend.configuration.Configuration;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;

/** Reads the configuration for the functions that are packaged with it. */
@Factory
@Requires(classes = Configuration.class)
final class ConfigurationFactory {

  @Singleton
  Configuration configuration(Settings settings) {
    return Configuration.read(settings.configuration(), settings.policy());
  }
}
