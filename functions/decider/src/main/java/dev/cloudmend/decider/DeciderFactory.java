package dev.cloudmend.decider;

import dev.cloudmend.configuration.Configuration;
import dev.cloudmend.function.Settings;
import dev.cloudmend.playbooks.Catalogue;
import dev.cloudmend.store.Store;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** Makes the decider from the settings and the configuration. */
@Factory
final class DeciderFactory {

  @Singleton
  Decider decider(Settings settings, Configuration configuration, Store store) {
    return new Decider(Catalogue.standard(), configuration, store, settings.live());
  }
}
