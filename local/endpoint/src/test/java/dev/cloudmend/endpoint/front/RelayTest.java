package dev.cloudmend.endpoint.front;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudmend.emulators.Emulator;
import dev.cloudmend.emulators.EmulatorKind;
import dev.cloudmend.emulators.EmulatorSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** What streams through to the emulator. */
final class RelayTest {

  private static final int PATIENCE_MILLIS = 30_000;
  private static final long LARGE = 200L * 1024 * 1024;

  @TempDir private static Path folder;
  private static Emulator emulator;
  private static EmulatorUpstream upstream;
  private static Front front;
  private static S3Client s3;

  @BeforeAll
  static void start() {
    emulator =
        EmulatorKind.MOTO.start(
            EmulatorSettings.ofUser().withStateFolder(folder).withProgress(line -> {}));
    var addresses = new Addresses(emulator.endpoint(), emulator.name(), emulator.endpoint());
    upstream = EmulatorUpstream.open(addresses);
    front = Front.start(0, new Dispatcher(List.of(), List.of(), upstream), addresses);
    s3 = client(front.endpoint());
    s3.createBucket(b -> b.bucket("things"));
  }

  @AfterAll
  static void stop() {
    s3.close();
    front.close();
    upstream.close();
    emulator.close();
  }

  private static S3Client client(URI endpoint) {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .overrideConfiguration(c -> c.retryStrategy(r -> r.maxAttempts(1)))
        .build();
  }

  @Test
  void anObjectLargerThanTheHeapGoesUpAndDown() throws Exception {
    Process relay =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx40m",
                "-XX:MaxDirectMemorySize=40m",
                "-cp",
                System.getProperty("java.class.path"),
                RelayOnly.class.getName(),
                emulator.endpoint().toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var client = client(URI.create(relay.inputReader().readLine()))) {
      var sent = MessageDigest.getInstance("SHA-256");
      client.putObject(
          p -> p.bucket("things").key("large"),
          RequestBody.fromContentProvider(
              () -> new Endless(LARGE, sent), LARGE, "application/octet-stream"));
      assertThat(client.headObject(h -> h.bucket("things").key("large")).contentLength())
          .isEqualTo(LARGE);
      var received = MessageDigest.getInstance("SHA-256");
      try (InputStream in = client.getObject(g -> g.bucket("things").key("large"))) {
        byte[] buffer = new byte[65_536];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          received.update(buffer, 0, n);
        }
      }
      assertThat(received.digest()).isEqualTo(Endless.digest(LARGE));
      assertThat(relay.isAlive()).isTrue();
    } finally {
      relay.getOutputStream().close();
      relay.destroy();
    }
  }

  @Test
  void aClientThatHangsUpWhileItSendsLeavesNothingBehind() throws IOException {
    try (var socket = connect()) {
      send(
          socket,
          """
          PUT /things/half HTTP/1.1
          Host: localhost
          Content-Length: 10000000
          Authorization: AWS4-HMAC-SHA256 Credential=A/20200101/us-east-1/s3/aws4_request

          the beginning""");
    }
    s3.putObject(p -> p.bucket("things").key("whole"), RequestBody.fromString("all"));
    assertThat(s3.getObjectAsBytes(g -> g.bucket("things").key("whole")).asUtf8String())
        .isEqualTo("all");
    assertThatThrownBy(() -> s3.headObject(h -> h.bucket("things").key("half")))
        .isInstanceOf(NoSuchKeyException.class);
  }

  @Test
  void aClientThatHangsUpWhileItReceivesHarmsNobody() throws IOException {
    s3.putObject(p -> p.bucket("things").key("long"), RequestBody.fromBytes(new byte[20_000_000]));
    for (int i = 0; i < 5; i++) {
      try (var socket = connect()) {
        send(
            socket,
            """
            GET /things/long HTTP/1.1
            Host: localhost
            Authorization: AWS4-HMAC-SHA256 Credential=A/20200101/us-east-1/s3/aws4_request

            """);
        assertThat(socket.getInputStream().readNBytes(1000)).hasSize(1000);
      }
    }
    assertThat(s3.getObjectAsBytes(g -> g.bucket("things").key("long")).asByteArray())
        .hasSize(20_000_000);
  }

  @Test
  void fiftyClientsAtOnceAreServed() throws Exception {
    List<Callable<String>> work = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      String key = "parallel/" + i;
      work.add(
          () -> {
            try (var own = client(front.endpoint())) {
              own.putObject(p -> p.bucket("things").key(key), RequestBody.fromString(key));
              return own.getObjectAsBytes(g -> g.bucket("things").key(key)).asUtf8String();
            }
          });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(50)) {
      List<Future<String>> results = threads.invokeAll(work);
      for (int i = 0; i < results.size(); i++) {
        assertThat(results.get(i).get()).isEqualTo("parallel/" + i);
      }
    }
  }

  @Test
  void keysWithUnusualCharactersComeThrough() {
    for (String key : List.of("a//b", "a/../b", "a b+c%20d", "ü/ß?x=1&y", "../up", "semi;colon")) {
      s3.putObject(p -> p.bucket("things").key(key), RequestBody.fromString(key));
      assertThat(s3.getObjectAsBytes(g -> g.bucket("things").key(key)).asUtf8String())
          .isEqualTo(key);
    }
  }

  @Test
  void requestsArriveAsTheyWereSent() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI address = URI.create("http://127.0.0.1:" + server.getLocalPort());
      var addresses = new Addresses(address, "echo", address);
      try (var own = EmulatorUpstream.open(addresses);
          var relay = Front.start(0, new Dispatcher(List.of(), List.of(), own), addresses);
          var socket = new Socket(InetAddress.getLoopbackAddress(), relay.endpoint().getPort());
          ExecutorService thread = Executors.newSingleThreadExecutor()) {
        server.setSoTimeout(PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        Future<String> arrived = thread.submit(() -> answerOnce(server));
        send(
            socket,
            """
            POST /b//k/../x%2Fy?list-type=2&prefix=a%20b|c HTTP/1.1
            Host: queue.example:4566
            Expect: 100-continue
            X-Amz-Meta-Case: Kept As It Is
            Content-Length: 5

            """);
        assertThat(readUntil(socket.getInputStream(), "\r\n\r\n"))
            .startsWith("HTTP/1.1 100 Continue\r\n");
        send(socket, "hello");
        assertThat(arrived.get())
            .startsWith("POST /b//k/../x%2Fy?list-type=2&prefix=a%20b%7Cc HTTP/1.1\r\n")
            .contains("Host: queue.example:4566\r\n")
            .contains("X-Amz-Meta-Case: Kept As It Is\r\n")
            .contains("Content-Length: 5\r\n")
            .doesNotContain("Expect:", "Via:", "Forwarded:", "User-Agent:", "Accept-Encoding:");
        assertThat(readUntil(socket.getInputStream(), "made"))
            .contains("201 Created", "X-Made: here");
      }
    }
  }

  /** Takes one request, to the end of its body, and answers it. */
  private static String answerOnce(ServerSocket server) throws IOException {
    try (Socket connection = server.accept()) {
      connection.setSoTimeout(PATIENCE_MILLIS);
      InputStream in = connection.getInputStream();
      String head = readUntil(in, "\r\n\r\n");
      String body = new String(in.readNBytes(5), ISO_8859_1);
      send(
          connection,
          """
          HTTP/1.1 201 Created
          X-Made: here
          Content-Length: 4

          made""");
      return head + body;
    }
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.replace("\n", "\r\n").getBytes(ISO_8859_1));
  }

  private static String readUntil(InputStream in, String end) throws IOException {
    var text = new StringBuilder();
    while (text.indexOf(end) < 0) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      text.append((char) next);
    }
    return text.toString();
  }

  private static Socket connect() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), front.endpoint().getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  /** Bytes that do not repeat soon, made as they are read. */
  private static final class Endless extends InputStream {

    private final long length;
    private final MessageDigest digest;
    private long position;

    Endless(long length, MessageDigest digest) {
      this.length = length;
      this.digest = digest;
    }

    static byte[] digest(long length) throws Exception {
      var digest = MessageDigest.getInstance("SHA-256");
      try (var all = new Endless(length, digest)) {
        all.transferTo(OutputStream.nullOutputStream());
      }
      return digest.digest();
    }

    private static byte at(long position) {
      return (byte) (position * 31 + position / 251);
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int count) {
      int n = (int) Math.min(count, length - position);
      if (n <= 0) {
        return count == 0 ? 0 : -1;
      }
      for (int i = 0; i < n; i++) {
        buffer[offset + i] = at(position + i);
      }
      digest.update(buffer, offset, n);
      position += n;
      return n;
    }
  }
}
