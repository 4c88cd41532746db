package dev.cloudmend.remediator;

import dev.cloudmend.aws.AwsConnection;
import dev.cloudmend.configuration.Configuration;
import dev.cloudmend.function.Settings;
import dev.cloudmend.playbooks.Catalogue;
import dev.cloudmend.store.Limits;
import dev.cloudmend.store.Store;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Makes the remediator from the settings and the configuration. */
@Factory
final class RemediatorFactory {

  @Singleton
  @Bean(preDestroy = "close")
  TargetAccess access(Settings settings, AwsConnection connection) {
    return TargetAccess.open(connection, settings.live());
  }

  @Singleton
  ChangeRunner runner(TargetAccess access, Store store) {
    return new ChangeRunner(
        access.reader(), access.writer(), store, Limits.DEFAULT, Clock.systemUTC());
  }

  @Singleton
  Remediator remediator(
      Settings settings,
      Configuration configuration,
      TargetAccess access,
      Store store,
      ChangeRunner runner) {
    return new Remediator(
        Catalogue.standard(),
        configuration.baselines(),
        access.reader(),
        store,
        settings.live(),
        runner);
  }

  @Singleton
  Undoer undoer(Settings settings, TargetAccess access, Store store, ChangeRunner runner) {
    return new Undoer(
        Catalogue.standard(), access.reader(), store, settings.live(), runner, Clock.systemUTC());
  }
}
