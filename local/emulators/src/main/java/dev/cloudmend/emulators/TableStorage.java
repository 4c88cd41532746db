package dev.cloudmend.emulators;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import com.amazonaws.services.dynamodbv2.local.shared.access.AmazonDynamoDBLocal;
import com.amazonaws.services.dynamodbv2.local.shared.access.LocalDBAccess;
import com.amazonaws.services.dynamodbv2.local.shared.access.LocalDBClient;
import com.amazonaws.services.dynamodbv2.local.shared.access.sqlite.SQLiteDBAccess;
import com.amazonaws.services.dynamodbv2.local.shared.jobs.JobsRegister;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * DynamoDB Local's tables in SQLite, and the handler that answers requests for them.
 *
 * <p>Left alone, DynamoDB Local makes its database at the first request, with background threads
 * that keep the process alive for minutes after the end. So the database is made here, with daemon
 * threads, and given to the request handler under the name that it looks for.
 */
final class TableStorage implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String SHARED_DATABASE = "shared-local-instance";

  /** Held, because the log manager forgets the level of a logger that nobody refers to. */
  private static final Logger SQLITE_LOG = Logger.getLogger("com.almworks.sqlite4java");

  private final ExecutorService jobs;
  private final LocalDynamoDBServerHandler handler;

  private TableStorage(ExecutorService jobs, LocalDynamoDBServerHandler handler) {
    this.jobs = jobs;
    this.handler = handler;
  }

  private interface Database {
    LocalDBAccess open() throws Exception;
  }

  static TableStorage inMemory() throws Exception {
    return over(new LocalDynamoDBRequestHandler(0, true, null, true, false), SQLiteDBAccess::new);
  }

  static TableStorage inFolder(Path folder) throws Exception {
    Path file = folder.resolve(SHARED_DATABASE + ".db");
    return over(
        new LocalDynamoDBRequestHandler(0, false, folder.toString(), true, false),
        () -> new SQLiteDBAccess(file.toString()));
  }

  private static TableStorage over(LocalDynamoDBRequestHandler requests, Database database)
      throws Exception {
    SQLITE_LOG.setLevel(Level.WARNING);
    ExecutorService jobs =
        Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("dynamodb-local-job-", 0).factory());
    databases(requests)
        .put(SHARED_DATABASE, new LocalDBClient(opened(database), new JobsRegister(jobs, false)));
    return new TableStorage(jobs, new LocalDynamoDBServerHandler(requests, null));
  }

  /**
   * Opens the database. One that this process has just closed may be locked for a moment more:
   * SQLite's own threads end after {@link #close()} has returned.
   */
  private static LocalDBAccess opened(Database database) throws Exception {
    Instant limit = Instant.now().plus(PATIENCE);
    while (true) {
      try {
        return database.open();
      } catch (Exception e) {
        if (!Failures.describe(e).contains("database is locked") || Instant.now().isAfter(limit)) {
          throw e;
        }
        Pause.of(Duration.ofMillis(50));
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, AmazonDynamoDBLocal> databases(LocalDynamoDBRequestHandler requests)
      throws ReflectiveOperationException {
    Field field = LocalDynamoDBRequestHandler.class.getDeclaredField("dbRequestHandlers");
    field.setAccessible(true);
    return (Map<String, AmazonDynamoDBLocal>) field.get(requests);
  }

  LocalDynamoDBServerHandler handler() {
    return handler;
  }

  @Override
  public void close() {
    handler.close();
    jobs.shutdownNow();
  }
}
