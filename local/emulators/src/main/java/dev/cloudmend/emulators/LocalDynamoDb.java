package dev.cloudmend.emulators;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * DynamoDB Local in this process, over HTTP on a free port of the loopback address. Region and
 * credentials of a client do not matter: all see the same tables.
 *
 * <p>DynamoDB Local's own server class listens on all interfaces and sets up telemetry, so its
 * request handler is put behind a server made here.
 */
public final class LocalDynamoDb implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MOST_THREADS = 24;
  private static final int JOB_THREADS = 4;

  /** Held, because the log manager forgets the level of a logger that nobody refers to. */
  private static final Logger SQLITE_LOG = Logger.getLogger("com.almworks.sqlite4java");

  private final Server server;
  private final LocalDynamoDBServerHandler handler;
  private final AutoCloseable lock;
  private final URI endpoint;

  private LocalDynamoDb(
      Server server, LocalDynamoDBServerHandler handler, AutoCloseable lock, URI endpoint) {
    this.server = server;
    this.handler = handler;
    this.lock = lock;
    this.endpoint = endpoint;
  }

  /**
   * Starts with no tables; what is written is gone at {@link #close()}.
   *
   * @throws EmulatorException when it cannot start, as on a platform without a native SQLite
   */
  public static LocalDynamoDb inMemory() {
    return start(
        () -> new LocalDynamoDBRequestHandler(JOB_THREADS, true, null, true, false), () -> {});
  }

  /**
   * Starts on the tables that lie in a folder, or on none in a new one. One process at a time may
   * do so; another is waited for for ten seconds.
   *
   * @param folder made when it does not exist
   * @throws EmulatorException when another process uses the folder (the message has its process
   *     id), when it cannot be written, or when the server cannot start
   */
  public static LocalDynamoDb inFolder(Path folder) {
    return inFolder(folder, PATIENCE);
  }

  static LocalDynamoDb inFolder(Path folder, Duration patience) {
    FolderLock lock = FolderLock.take(folder.toAbsolutePath(), patience);
    return start(
        () ->
            new LocalDynamoDBRequestHandler(
                JOB_THREADS, false, folder.toAbsolutePath().toString(), true, false),
        lock);
  }

  private interface Storage {
    LocalDynamoDBRequestHandler open() throws Exception;
  }

  private static LocalDynamoDb start(Storage storage, AutoCloseable lock) {
    SQLITE_LOG.setLevel(Level.WARNING);
    QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, 4);
    threads.setName("dynamodb-local");
    threads.setDaemon(true);
    Server server = new Server(threads);
    try {
      HttpConfiguration http = new HttpConfiguration();
      http.setSendServerVersion(false);
      ServerConnector connector =
          new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
      connector.setHost(LOOPBACK);
      server.addConnector(connector);
      var handler = new LocalDynamoDBServerHandler(storage.open(), null);
      server.setHandler(handler);
      server.start();
      URI endpoint = URI.create("http://" + LOOPBACK + ":" + connector.getLocalPort());
      return new LocalDynamoDb(server, handler, lock, endpoint);
    } catch (Exception e) {
      closeQuietly(server::stop, e);
      closeQuietly(lock, e);
      throw new EmulatorException("DynamoDB Local did not start: " + Failures.describe(e), e);
    }
  }

  /** Where clients reach it, such as {@code http://127.0.0.1:41234}. */
  public URI endpoint() {
    return endpoint;
  }

  /** Stops the server, closes the data files and gives the folder free. */
  @Override
  public void close() {
    var failure = new EmulatorException("DynamoDB Local could not be stopped in good order");
    closeQuietly(server::stop, failure);
    closeQuietly(handler::close, failure);
    closeQuietly(lock, failure);
    if (failure.getSuppressed().length > 0) {
      throw failure;
    }
  }

  private static void closeQuietly(AutoCloseable part, Exception failure) {
    try {
      part.close();
    } catch (Exception e) {
      failure.addSuppressed(e);
    }
  }
}
