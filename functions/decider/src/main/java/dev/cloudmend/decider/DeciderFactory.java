package dev.cloudmend.decider;

import dev.cloudmend.function.Settings;
import dev.cloudmend.playbooks.Catalogue;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** Makes the decider from the settings. */
@Factory
final class DeciderFactory {

  @Singleton
  Decider decider(Settings settings) {
    return new Decider(Catalogue.standard(), settings.live());
  }
}
