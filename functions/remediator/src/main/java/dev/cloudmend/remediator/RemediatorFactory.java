package dev.cloudmend.remediator;

import dev.cloudmend.aws.AwsConnection;
import dev.cloudmend.aws.MemberAccounts;
import dev.cloudmend.configuration.Configuration;
import dev.cloudmend.function.Settings;
import dev.cloudmend.playbooks.Catalogue;
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
  TargetAccess access(Settings settings, AwsConnection connection, MemberAccounts members) {
    return TargetAccess.open(connection, members.as("cloudmend-remediator"), settings.live());
  }

  @Singleton
  ChangeRunner runner(Configuration configuration, TargetAccess access, Store store) {
    return new ChangeRunner(
        access, store, configuration.limits(), configuration.breaker(), Clock.systemUTC());
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
        access,
        store,
        settings.live(),
        runner,
        Clock.systemUTC());
  }

  @Singleton
  Undoer undoer(Settings settings, TargetAccess access, Store store, ChangeRunner runner) {
    return new Undoer(
        Catalogue.standard(), access, store, settings.live(), runner, Clock.systemUTC());
  }
}
