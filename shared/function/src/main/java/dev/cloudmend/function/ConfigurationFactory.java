package dev.cloudmend.function;

import dev.cloudmend.configuration.Configuration;
import dev.cloudmend.configuration.YamlDocument;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the configuration for the functions that are packaged with it. */
@Factory
@Requires(classes = Configuration.class)
final class ConfigurationFactory {

  @Singleton
  Configuration configuration(Settings settings) {
    Optional<String> place = settings.configuration();
    if (place.isPresent() && place.get().startsWith(S3Text.SCHEME)) {
      var object = new S3Text(settings.region(), settings.configurationEndpoint());
      return Configuration.read(YamlDocument.read(place.get(), object.read(place.get())));
    }
    return Configuration.read(place.map(Path::of), settings.policy());
  }
}
