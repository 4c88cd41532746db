package dev.cloudmend.emulators;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
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
 * request handlers are put behind a server made here.
 */
public final class LocalDynamoDb implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MOST_THREADS = 24;

  /** What to close, the last started first. */
  private final Deque<AutoCloseable> started;

  private final URI endpoint;

  private LocalDynamoDb(Deque<AutoCloseable> started, URI endpoint) {
    this.started = started;
    this.endpoint = endpoint;
  }

  /**
   * Starts with no tables; what is written is gone at {@link #close()}.
   *
   * @throws EmulatorException when it cannot start, as on a platform without a native SQLite
   */
  public static LocalDynamoDb inMemory() {
    return start(TableStorage::inMemory, () -> {});
  }

  /**
   * Starts on the tables that lie in a folder, or on none in a new one. One process at a time may
   * do so; another is waited for for ten seconds. What a client was told is written survives the
   * end of the process.
   *
   * @param folder made when it does not exist
   * @throws EmulatorException when another process uses the folder (the message has its process
   *     id), when it cannot be written, or when the server cannot start
   */
  public static LocalDynamoDb inFolder(Path folder) {
    return inFolder(folder, PATIENCE);
  }

  static LocalDynamoDb inFolder(Path folder, Duration patience) {
    Path absolute = folder.toAbsolutePath().normalize();
    FolderLock lock = FolderLock.take(absolute, patience);
    return start(() -> TableStorage.inFolder(absolute), lock);
  }

  private static LocalDynamoDb start(Callable<TableStorage> tables, AutoCloseable lock) {
    Deque<AutoCloseable> started = new ArrayDeque<>();
    started.push(lock);
    try {
      TableStorage storage = tables.call();
      started.push(storage);
      Server server = server();
      started.push(server::stop);
      server.setHandler(storage.handler());
      server.start();
      int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
      return new LocalDynamoDb(started, URI.create("http://" + LOOPBACK + ":" + port));
    } catch (Exception e) {
      closeAll(started, e);
      throw new EmulatorException("DynamoDB Local did not start: " + Failures.describe(e), e);
    }
  }

  private static Server server() {
    QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, 4);
    threads.setName("dynamodb-local");
    threads.setDaemon(true);
    Server server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(LOOPBACK);
    server.addConnector(connector);
    return server;
  }

  /** Where clients reach it, such as {@code http://127.0.0.1:41234}. */
  public URI endpoint() {
    return endpoint;
  }

  /** Stops the server, closes the data files and gives the folder free. */
  @Override
  public void close() {
    var failure = new EmulatorException("DynamoDB Local could not be stopped in good order");
    closeAll(started, failure);
    if (failure.getSuppressed().length > 0) {
      throw failure;
    }
  }

  private static void closeAll(Deque<AutoCloseable> parts, Exception failure) {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        failure.addSuppressed(e);
      }
    }
  }
}
