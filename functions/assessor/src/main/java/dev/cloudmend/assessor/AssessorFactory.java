package dev.cloudmend.assessor;

import dev.cloudmend.aws.AwsClients;
import dev.cloudmend.aws.AwsConnection;
import dev.cloudmend.aws.CallLimits;
import dev.cloudmend.aws.MemberAccounts;
import dev.cloudmend.configuration.Configuration;
import dev.cloudmend.function.Settings;
import dev.cloudmend.playbooks.Catalogue;
import dev.cloudmend.store.Store;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Makes the assessor from the settings and the configuration, with clients that can only read. */
@Factory
final class AssessorFactory {

  @Singleton
  @Bean(preDestroy = "close")
  AwsClients clients(AwsConnection connection, MemberAccounts members) {
    return AwsClients.open(connection, CallLimits.STANDARD, members.as("cloudmend-assessor"));
  }

  @Singleton
  Assessor assessor(
      Settings settings, Configuration configuration, AwsClients clients, Store store) {
    return new Assessor(
        Catalogue.standard(),
        configuration.baselines(),
        configuration.pullRequests().repositories(),
        clients::reader,
        clients.configRules(),
        store,
        Clock.systemUTC(),
        settings.live());
  }
}
