package dev.cloudmend.intake;

import dev.cloudmend.function.Settings;
import dev.cloudmend.playbooks.Catalogue;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.util.Set;

/** Makes the intake from the settings. */
@Factory
final class IntakeFactory {

  @Singleton
  Intake intake(Settings settings) {
    return new Intake(
        Catalogue.standard(),
        Set.copyOf(settings.ownRoleArns()),
        Set.copyOf(settings.trustedSenders()));
  }
}
