package dev.cloudmend.auditwriter;

import dev.cloudmend.store.Store;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** Makes the audit writer. */
@Factory
final class AuditWriterFactory {

  @Singleton
  AuditWriter auditWriter(Store store) {
    return new AuditWriter(store);
  }
}
