package dev.cloudmend.propener;

import com.sun.net.httpserver.HttpServer;
import dev.cloudmend.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Answers whatever is asked of Secrets Manager with one secret, or with one refusal. */
final class SecretsServer implements AutoCloseable {

  static final String ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:github-AbCdEf";

  private final AtomicReference<String> refusal = new AtomicReference<>("");
  private final AtomicReference<String> secret = new AtomicReference<>("");
  private final AtomicInteger readings = new AtomicInteger();
  private final HttpServer server;

  SecretsServer(String secret) {
    this.secret.set(secret);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            readings.incrementAndGet();
            boolean isRefused = !refusal.get().isEmpty();
            byte[] answer =
                (isRefused
                        ? Json.object().put("__type", refusal.get())
                        : Json.object().put("SecretString", this.secret.get()))
                    .toString()
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(isRefused ? 400 : 200, answer.length);
            exchange.getResponseBody().write(answer);
          }
        });
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void rotate(String other) {
    secret.set(other);
  }

  /** Refuses from now on, with the service's word; with an empty one no longer. */
  void refuse(String code) {
    refusal.set(code);
  }

  int readings() {
    return readings.get();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
