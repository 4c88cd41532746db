package dev.cloudmend.auditwriter;

import dev.cloudmend.function.Settings;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.store.Store;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes the audit writer and the closer; a function asks for its own alone. */
@Factory
final class AuditWriterFactory {

  @Singleton
  AuditWriter auditWriter(
      Settings settings,
      Store store,
      @Value("${cloudmend.security-hub-notes:false}") String notes,
      @Value("${cloudmend.security-hub.endpoint:}") String endpoint) {
    // A dry run writes nothing, anywhere.
    return new AuditWriter(
        store,
        Optional.of(new SecurityHubNotes(address(endpoint)))
            .filter(n -> isOn(notes) && settings.live()));
  }

  @Singleton
  @Bean(preDestroy = "close")
  Executions executions(
      Settings settings, @Value("${cloudmend.step-functions.endpoint:}") String endpoint) {
    return Executions.open(settings.region(), address(endpoint));
  }

  @Singleton
  Closer closer(
      Store store,
      Executions executions,
      @Value("${cloudmend.state-machines:}") String stateMachines) {
    List<String> arns =
        Stream.of(stateMachines.split(",")).map(String::strip).filter(a -> !a.isEmpty()).toList();
    return new Closer(store, executions, arns, Clock.systemUTC(), new EndMetrics());
  }

  private static Optional<URI> address(String endpoint) {
    return Optional.of(endpoint).filter(e -> !e.isBlank()).map(URI::create);
  }

  private static boolean isOn(String notes) {
    return switch (notes) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new ModelException(
              "cloudmend.security-hub-notes is '" + notes + "'; expected true or false");
    };
  }
}
