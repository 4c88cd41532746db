package dev.cloudmend.endpoint.front;

import java.time.Duration;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportDynamic;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Clients that add nothing to what they are given to send. */
final class HttpClients {

  static final int HEADER_BYTES = 64 * 1024;

  private static final int CONNECTIONS = 256;
  private static final int QUEUE = 4096;
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

  /** An emulator may be silent for long while it works. */
  private static final Duration SILENCE_LIMIT = Duration.ofMinutes(15);

  private HttpClients() {}

  static HttpClient create(String name) {
    var threads = new QueuedThreadPool();
    threads.setName(name);
    threads.setDaemon(true);
    var connector = new ClientConnector();
    connector.setExecutor(threads);
    return new HttpClient(new HttpClientTransportDynamic(connector));
  }

  static void configure(HttpClient client) {
    client.setFollowRedirects(false);
    client.setHttpCookieStore(new HttpCookieStore.Empty());
    client.setUserAgentField(null);
    client.setMaxConnectionsPerDestination(CONNECTIONS);
    client.setMaxRequestsQueuedPerDestination(QUEUE);
    client.setRequestBufferSize(HEADER_BYTES);
    client.setMaxResponseHeadersSize(HEADER_BYTES);
    client.setConnectTimeout(CONNECT_LIMIT.toMillis());
    client.setIdleTimeout(SILENCE_LIMIT.toMillis());
  }
}
