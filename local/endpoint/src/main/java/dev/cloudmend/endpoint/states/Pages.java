package dev.cloudmend.endpoint.states;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.endpoint.ServiceException;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/** Lists that are given out by pages. */
final class Pages {

  private static final int DEFAULT_SIZE = 100;
  private static final int LARGEST_SIZE = 1000;

  private Pages() {}

  /**
   * The page that a request asks for.
   *
   * @param next where to go on, nothing at the end
   */
  record Page<T>(List<T> items, String next) {

    void tellNext(ObjectNode answer) {
      if (!next.isEmpty()) {
        answer.put("nextToken", next);
      }
    }
  }

  /**
   * Cuts the page out of the whole. The token names the last item that was given, so that items
   * that came in since neither repeat nor hide others.
   *
   * @param key what an item is known by
   * @throws ServiceException InvalidToken, ValidationException
   */
  static <T> Page<T> of(List<T> all, Function<T, String> key, ObjectNode request) {
    int size = request.path("maxResults").asInt(0);
    if (size < 0 || size > LARGEST_SIZE) {
      throw new ServiceException(
          400, "ValidationException", "maxResults must be 0 to " + LARGEST_SIZE);
    }
    int from = 0;
    String token = request.path("nextToken").asText("");
    if (!token.isEmpty()) {
      List<String> keys = all.stream().map(key).toList();
      from = keys.indexOf(decoded(token)) + 1;
      if (from == 0) {
        throw invalid(token);
      }
    }
    int to = Math.min(all.size(), from + (size == 0 ? DEFAULT_SIZE : size));
    List<T> items = List.copyOf(all.subList(from, to));
    String next = to < all.size() && !items.isEmpty() ? encoded(key.apply(items.getLast())) : "";
    return new Page<>(items, next);
  }

  private static String encoded(String key) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(UTF_8));
  }

  private static String decoded(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), UTF_8);
    } catch (IllegalArgumentException e) {
      throw invalid(token);
    }
  }

  private static ServiceException invalid(String token) {
    return new ServiceException(400, "InvalidToken", "Invalid Token: '" + token + "'");
  }
}
