package dev.cloudmend.function;

import dev.cloudmend.store.Store;
import dev.cloudmend.store.StoreSettings;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Opens the store for the functions that are packaged with it. */
@Factory
@Requires(classes = Store.class)
final class StoreFactory {

  @Singleton
  @Bean(preDestroy = "close")
  Store store(Settings settings) {
    return Store.open(
        new StoreSettings(
            settings.auditTable(),
            settings.stateTable(),
            settings.region(),
            settings.tablesEndpoint()),
        Clock.systemUTC());
  }
}
