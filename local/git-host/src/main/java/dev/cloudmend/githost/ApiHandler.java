package dev.cloudmend.githost;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Reads requests, each on a thread of its own, and checks who may ask. */
final class ApiHandler extends Handler.Abstract {

  /** GitHub's own limit is not documented; a file that is proposed has at most 1 MB. */
  static final int LARGEST_BODY = 25 * 1024 * 1024;

  private static final String BEARER = "Bearer ";
  private static final Set<String> OWN_HOSTS = Set.of("127.0.0.1", "localhost");
  private static final System.Logger LOG = System.getLogger(ApiHandler.class.getName());

  private final Api api;
  private final Optional<String> token;

  /**
   * @param token the only one that is taken; empty for any
   */
  ApiHandler(Api api, Optional<String> token) {
    this.api = api;
    this.token = token;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Thread.ofVirtual()
        .name("git-host " + request.getMethod())
        .start(() -> write(answer(request), response, callback));
    return true;
  }

  private Answer answer(Request request) {
    try {
      return checked(request);
    } catch (RefusedException e) {
      return e.answer();
    } catch (IOException | RuntimeException e) {
      // What JGit says may hold a location; only where it came from is told.
      LOG.log(Level.ERROR, "a request failed: " + e.getClass().getName() + " " + where(e));
      return Answer.error(500, "Server Error");
    }
  }

  private Answer checked(Request request) throws IOException {
    // A web page in a browser of this machine may reach the port, under a name of its own.
    if (!OWN_HOSTS.contains(Request.getServerName(request))) {
      return Answer.error(421, "This server answers only as 127.0.0.1");
    }
    Optional<Route.Match> match = Route.of(request.getMethod(), request.getHttpURI().getPath());
    if (match.isEmpty()) {
      return Answer.notFound();
    }
    Route.Match found = match.get();
    if (found.route() != Route.SHOW_PULL) {
      requireToken(Optional.ofNullable(request.getHeaders().get(HttpHeader.AUTHORIZATION)));
    }
    ObjectNode body = found.route().hasBody() ? body(request) : Json.object();
    return api.answer(found, query(request), body);
  }

  private void requireToken(Optional<String> authorization) {
    String given =
        authorization
            .filter(a -> a.startsWith(BEARER))
            .map(a -> a.substring(BEARER.length()).strip())
            .filter(t -> !t.isEmpty())
            .orElseThrow(() -> new RefusedException(Answer.error(401, "Requires authentication")));
    if (token.isPresent() && !isSame(token.get(), given)) {
      throw new RefusedException(Answer.error(401, "Bad credentials"));
    }
  }

  private static boolean isSame(String expected, String given) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  private static ObjectNode body(Request request) throws IOException {
    byte[] bytes;
    try (InputStream in = Content.Source.asInputStream(request)) {
      bytes = request.getLength() > LARGEST_BODY ? new byte[0] : in.readNBytes(LARGEST_BODY + 1);
    }
    if (Math.max(request.getLength(), bytes.length) > LARGEST_BODY) {
      throw new RefusedException(
          Answer.error(413, "A request may have %,d bytes".formatted(LARGEST_BODY)));
    }
    try {
      if (Json.parse(new String(bytes, StandardCharsets.UTF_8)) instanceof ObjectNode object) {
        return object;
      }
    } catch (ModelException e) {
      throw new RefusedException(Answer.error(400, "Problems parsing JSON"));
    }
    throw new RefusedException(Answer.error(400, "Body should be a JSON object"));
  }

  private static Map<String, String> query(Request request) {
    Map<String, String> query = new TreeMap<>();
    String raw = Optional.ofNullable(request.getHttpURI().getQuery()).orElse("");
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        try {
          query.put(pair.substring(0, equals), Route.decoded(pair.substring(equals + 1)));
        } catch (IllegalArgumentException e) {
          throw new RefusedException(Answer.error(400, "Problems parsing the query"));
        }
      }
    }
    return query;
  }

  private static String where(Exception e) {
    return e.getStackTrace().length == 0 ? "" : "at " + e.getStackTrace()[0];
  }

  private static void write(Answer answer, Response response, Callback callback) {
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    response.setStatus(answer.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.contentType());
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    response.write(true, ByteBuffer.wrap(bytes), callback);
  }
}
