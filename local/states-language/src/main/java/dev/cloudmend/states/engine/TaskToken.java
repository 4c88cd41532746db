package dev.cloudmend.states.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloudmend.states.intrinsics.RandomSource;
import java.util.Base64;
import java.util.Optional;

/**
 * Task tokens name their execution, so that whoever gets one knows where to look, and carry a
 * random part that nobody can guess.
 */
public final class TaskToken {

  private static final char SEPARATOR = '\n';

  private TaskToken() {}

  static String create(String executionArn, RandomSource random) {
    String text = executionArn + SEPARATOR + random.uuid();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  /** The ARN of the execution that a token is for; nothing when it is no token. */
  public static Optional<String> executionOf(String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), UTF_8);
      int separator = text.indexOf(SEPARATOR);
      return separator > 0 ? Optional.of(text.substring(0, separator)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
