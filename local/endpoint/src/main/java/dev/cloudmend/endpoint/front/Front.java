package dev.cloudmend.endpoint.front;

import java.net.URI;
import java.time.Duration;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The server on the loopback address that all tools are pointed at. */
public final class Front implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";

  /** Longer than a Lambda function may run. */
  private static final Duration SILENCE_LIMIT = Duration.ofMinutes(20);

  private final Server server;
  private final URI endpoint;

  private Front(Server server, URI endpoint) {
    this.server = server;
    this.endpoint = endpoint;
  }

  /**
   * Starts to listen.
   *
   * @param port on 127.0.0.1, 0 for a free one
   * @throws FrontException when the port cannot be had
   */
  public static Front start(int port, Dispatcher dispatcher, Addresses addresses) {
    var threads = new QueuedThreadPool();
    threads.setName("endpoint");
    threads.setDaemon(true);
    var server = new Server(threads);
    var http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendDateHeader(false);
    http.setUriCompliance(UriCompliance.UNSAFE);
    http.setRequestHeaderSize(HttpClients.HEADER_BYTES);
    http.setResponseHeaderSize(HttpClients.HEADER_BYTES);
    var connector = new ServerConnector(server, 1, 2, new HttpConnectionFactory(http));
    connector.setHost(LOOPBACK);
    connector.setPort(port);
    connector.setIdleTimeout(SILENCE_LIMIT.toMillis());
    server.addConnector(connector);
    server.setHandler(new FrontHandler(dispatcher, new Relay(addresses)));
    try {
      server.start();
    } catch (Exception e) {
      var failure =
          new FrontException(
              "Port " + port + " on " + LOOPBACK + " cannot be used: take another", e);
      stop(server, failure);
      throw failure;
    }
    return new Front(server, URI.create("http://" + LOOPBACK + ":" + connector.getLocalPort()));
  }

  /** Where tools reach it, such as {@code http://127.0.0.1:4566}. */
  public URI endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new FrontException("The endpoint could not be stopped in good order", e);
    }
  }

  private static void stop(Server server, FrontException failure) {
    try {
      server.stop();
    } catch (Exception e) {
      failure.addSuppressed(e);
    }
  }
}
