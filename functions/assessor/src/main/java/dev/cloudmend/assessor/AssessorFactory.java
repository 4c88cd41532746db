package dev.cloudmend.assessor;

import dev.cloudmend.aws.AwsClients;
import dev.cloudmend.configuration.Configuration;
import dev.cloudmend.function.Settings;
import dev.cloudmend.playbooks.Catalogue;
import dev.cloudmend.store.Store;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** Makes the assessor from the settings and the configuration, with clients that can only read. */
@Factory
final class AssessorFactory {

  @Singleton
  Assessor assessor(
      Settings settings, Configuration configuration, AwsClients clients, Store store) {
    return new Assessor(
        Catalogue.standard(),
        configuration.baselines(),
        clients.readOnly(),
        store,
        settings.live());
  }
}
