package dev.cloudmend.function;

import dev.cloudmend.aws.AwsClients;
import dev.cloudmend.aws.AwsConnection;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;

/** Opens guarded clients for the functions that are packaged with them. */
@Factory
@Requires(classes = AwsClients.class)
final class ReadOnlyClientsFactory {

  @Singleton
  AwsConnection connection(Settings settings) {
    return new AwsConnection(settings.targetEndpoint(), settings.region(), settings.profile());
  }

  @Singleton
  @Bean(preDestroy = "close")
  AwsClients clients(AwsConnection connection) {
    return AwsClients.open(connection);
  }
}
