package dev.cloudmend.endpoint.lambda.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The function's side of the Lambda Runtime API. */
final class RuntimeApiClient {

  private static final int FRAMES = 100;

  private final String base;

  /**
   * Makes the client.
   *
   * @param address host and port
   */
  RuntimeApiClient(String address) {
    this.base = "http://" + address + "/2018-06-01/runtime/";
  }

  /** One invocation. */
  static final class Invocation {
    private final String id;
    private final String arn;
    private final long deadlineMillis;
    private final byte[] payload;

    Invocation(String id, String arn, long deadlineMillis, byte[] payload) {
      this.id = id;
      this.arn = arn;
      this.deadlineMillis = deadlineMillis;
      this.payload = payload;
    }

    String id() {
      return id;
    }

    String arn() {
      return arn;
    }

    /** Milliseconds since 1970. */
    long deadlineMillis() {
      return deadlineMillis;
    }

    byte[] payload() {
      return payload;
    }
  }

  /** Waits for the next invocation, however long that takes. */
  Invocation next() throws IOException {
    HttpURLConnection connection = open("invocation/next");
    try (InputStream body = connection.getInputStream()) {
      byte[] payload = body.readAllBytes();
      return new Invocation(
          header(connection, "Lambda-Runtime-Aws-Request-Id"),
          header(connection, "Lambda-Runtime-Invoked-Function-Arn"),
          Long.parseLong(header(connection, "Lambda-Runtime-Deadline-Ms")),
          payload);
    }
  }

  void response(String id, byte[] payload) throws IOException {
    post("invocation/" + id + "/response", null, payload);
  }

  void error(String id, Throwable cause) throws IOException {
    post("invocation/" + id + "/error", "Unhandled", describe(cause).getBytes(UTF_8));
  }

  void initError(Throwable cause) throws IOException {
    post("init/error", "Runtime.Unknown", describe(cause).getBytes(UTF_8));
  }

  private static String header(HttpURLConnection connection, String name) throws IOException {
    String value = connection.getHeaderField(name);
    if (value == null) {
      throw new IOException("No header " + name);
    }
    return value;
  }

  private HttpURLConnection open(String path) throws IOException {
    return (HttpURLConnection) URI.create(base + path).toURL().openConnection(Proxy.NO_PROXY);
  }

  private void post(String path, @Nullable String errorType, byte[] body) throws IOException {
    HttpURLConnection connection = open(path);
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    connection.setFixedLengthStreamingMode(body.length);
    connection.setRequestProperty("Content-Type", "application/json");
    if (errorType != null) {
      connection.setRequestProperty("Lambda-Runtime-Function-Error-Type", errorType);
    }
    try (OutputStream out = connection.getOutputStream()) {
      out.write(body);
    }
    if (connection.getResponseCode() >= HttpURLConnection.HTTP_BAD_REQUEST) {
      throw new IOException("The runtime API refused " + path);
    }
    try (InputStream in = connection.getInputStream()) {
      in.readAllBytes();
    }
  }

  /** The error as Lambda's Java runtime tells it. */
  private static String describe(Throwable cause) {
    var json = new StringBuilder("{\"errorMessage\":");
    String message = cause.getMessage();
    if (message == null) {
      json.append("null");
    } else {
      quote(json, message);
    }
    json.append(",\"errorType\":");
    quote(json, cause.getClass().getName());
    json.append(",\"stackTrace\":[");
    StackTraceElement[] trace = cause.getStackTrace();
    for (int i = 0; i < Math.min(trace.length, FRAMES); i++) {
      if (i > 0) {
        json.append(',');
      }
      quote(json, trace[i].toString());
    }
    return json.append("]}").toString();
  }

  private static void quote(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
