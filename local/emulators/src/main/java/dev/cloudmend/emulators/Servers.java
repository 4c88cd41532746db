package dev.cloudmend.emulators;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;

/** Ports and answers of servers on the loopback address. */
final class Servers {

  static final String LOOPBACK = "127.0.0.1";

  private static final int TIMEOUT_MILLIS = 2_000;
  private static final int RESET_TIMEOUT_MILLIS = 30_000;
  private static final Duration PAUSE = Duration.ofMillis(40);

  private Servers() {}

  static URI endpoint(int port) {
    return URI.create("http://" + LOOPBACK + ":" + port);
  }

  /** The address 127.0.0.1, also where the platform prefers IPv6. */
  static InetAddress loopback() throws UnknownHostException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }

  /**
   * The port itself if it is free, or any free one for 0.
   *
   * @throws EmulatorException when something listens on it
   */
  static int freePort(int wanted) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(loopback(), wanted));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new EmulatorException(
          "Port " + wanted + " cannot be used: " + Failures.describe(e) + "; take another", e);
    }
  }

  static boolean answers(URI address) {
    try {
      return status("GET", address, TIMEOUT_MILLIS) == HttpURLConnection.HTTP_OK;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Sends a POST without a body.
   *
   * @return whether the answer was a success
   */
  static boolean post(URI address) {
    try {
      return status("POST", address, RESET_TIMEOUT_MILLIS) == HttpURLConnection.HTTP_OK;
    } catch (IOException e) {
      return false;
    }
  }

  private static int status(String method, URI address, int readTimeout) throws IOException {
    var connection = (HttpURLConnection) address.toURL().openConnection();
    connection.setRequestMethod(method);
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(readTimeout);
    try {
      return connection.getResponseCode();
    } finally {
      connection.disconnect();
    }
  }

  /** What is waited for. */
  interface Condition {
    boolean holds();
  }

  /**
   * Looks again and again until the condition holds.
   *
   * @return false when the time is over
   */
  static boolean await(Duration limit, Condition condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() >= deadline) {
        return false;
      }
      Pause.of(PAUSE);
    }
    return true;
  }
}
