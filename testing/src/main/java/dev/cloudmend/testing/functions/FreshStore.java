package dev.cloudmend.testing.functions;

import dev.cloudmend.emulators.LocalDynamoDb;
import dev.cloudmend.model.Incident;
import dev.cloudmend.store.AuditEntry;
import dev.cloudmend.store.IncidentRecord;
import dev.cloudmend.store.Store;
import dev.cloudmend.store.StoreSettings;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A store with fresh tables for each test, on one DynamoDB Local for all tests of the process.
 * Registered as an extension in a field.
 */
public final class FreshStore implements BeforeEachCallback, AfterEachCallback {

  private static final String REGION = "us-east-1";
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final AdvancingClock clock = new AdvancingClock();
  private final Deque<Store> opened = new ArrayDeque<>();
  private Optional<StoreSettings> settings = Optional.empty();

  /** The store, on {@link #clock()}. */
  public Store store() {
    return opened.getFirst();
  }

  public AdvancingClock clock() {
    return clock;
  }

  /** A store whose state is the same and whose audit table is not there. */
  public Store withoutAuditTable() {
    StoreSettings all = settings.orElseThrow();
    return open(
        new StoreSettings("no-audit-table", all.stateTable(), REGION, all.endpoint()), clock);
  }

  /** A store of which no table is there. */
  public Store withoutTables() {
    return open(
        new StoreSettings(
            "no-audit-table", "no-state-table", REGION, settings.orElseThrow().endpoint()),
        clock);
  }

  /** The settings by which a function's handler finds these tables; its clock is the system's. */
  public Map<String, Object> handlerSettings() {
    StoreSettings all = settings.orElseThrow();
    return Map.of(
        "cloudmend.tables.endpoint", all.endpoint().orElseThrow().toString(),
        "cloudmend.tables.audit", all.auditTable(),
        "cloudmend.tables.state", all.stateTable());
  }

  /** What is stored of an incident that was opened. */
  public IncidentRecord record(Incident incident) {
    return store().incidents().find(incident.incidentId()).orElseThrow();
  }

  /** The kinds of an incident's audit entries, oldest first. */
  public List<String> auditKinds(String incidentId) {
    return store().audit().ofIncident(incidentId).stream().map(AuditEntry::kind).toList();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    URI endpoint =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(FreshStore.class))
            .getOrComputeIfAbsent("dynamodb", key -> LocalDynamoDb.inMemory(), LocalDynamoDb.class)
            .endpoint();
    int number = NUMBER.incrementAndGet();
    settings =
        Optional.of(
            new StoreSettings("audit-" + number, "state-" + number, REGION, Optional.of(endpoint)));
    open(settings.get(), clock).createTables();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    opened.forEach(Store::close);
    opened.clear();
  }

  private Store open(StoreSettings where, Clock time) {
    Store store = Store.open(where, time);
    opened.addLast(store);
    return store;
  }
}
