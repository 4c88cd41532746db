package dev.cloudmend.function;

import dev.cloudmend.aws.AwsClients;
import dev.cloudmend.aws.AwsConnection;
import dev.cloudmend.aws.ExternalIds;
import dev.cloudmend.aws.MemberAccounts;
import dev.cloudmend.model.ModelException;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/** Says where target accounts are reached, to the functions that are packaged with clients. */
@Factory
@Requires(classes = AwsClients.class)
final class TargetAccountsFactory {

  @Singleton
  AwsConnection connection(Settings settings) {
    return new AwsConnection(settings.targetEndpoint(), settings.region(), settings.profile());
  }

  @Singleton
  MemberAccounts members(MemberSettings settings) {
    ExternalIds ids =
        settings
            .externalIds()
            .<ExternalIds>map(
                secret ->
                    new SecretExternalIds(
                        secret, settings.externalIdsEndpoint(), Clock.systemUTC()))
            .orElse(account -> Optional.empty());
    try {
      return new MemberAccounts(
          Set.copyOf(settings.accounts()), settings.prefix(), ids, "cloudmend");
    } catch (ModelException e) {
      throw new ModelException(
          "cloudmend.members or cloudmend.member-prefix: " + e.getMessage(), e);
    }
  }
}
