package dev.cloudmend.remediator;

import dev.cloudmend.aws.AwsConnection;
import dev.cloudmend.aws.WritingClients;
import dev.cloudmend.function.Settings;
import dev.cloudmend.playbooks.Baselines;
import dev.cloudmend.playbooks.Catalogue;
import dev.cloudmend.store.Limits;
import dev.cloudmend.store.Store;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Makes the remediator from the settings, with the only clients that may write. */
@Factory
final class RemediatorFactory {

  @Singleton
  @Bean(preDestroy = "close")
  WritingClients clients(AwsConnection connection) {
    return WritingClients.open(connection);
  }

  @Singleton
  ChangeRunner runner(WritingClients clients, Store store) {
    return new ChangeRunner(
        clients.reader(), clients.writer(), store, Limits.DEFAULT, Clock.systemUTC());
  }

  @Singleton
  Remediator remediator(
      Settings settings, WritingClients clients, Store store, ChangeRunner runner) {
    return new Remediator(
        Catalogue.standard(), Baselines.DEFAULT, clients.reader(), store, settings.live(), runner);
  }

  @Singleton
  Undoer undoer(Settings settings, WritingClients clients, Store store, ChangeRunner runner) {
    return new Undoer(
        Catalogue.standard(), clients.reader(), store, settings.live(), runner, Clock.systemUTC());
  }
}
