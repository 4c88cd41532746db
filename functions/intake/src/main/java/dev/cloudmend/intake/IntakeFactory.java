package dev.cloudmend.intake;

import dev.cloudmend.configuration.Configuration;
import dev.cloudmend.function.Settings;
import dev.cloudmend.playbooks.Catalogue;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the intake from the settings and the configuration. */
@Factory
final class IntakeFactory {

  @Singleton
  Intake intake(Settings settings, Configuration configuration) {
    return new Intake(
        Catalogue.standard(),
        both(settings.ownRoleArns(), configuration.ownRoleArns()),
        both(settings.trustedSenders(), configuration.trustedSenders()));
  }

  private static Set<String> both(List<String> one, List<String> other) {
    return Stream.concat(one.stream(), other.stream()).collect(Collectors.toUnmodifiableSet());
  }
}
