package dev.cloudmend.endpoint.front;

import dev.cloudmend.endpoint.ServiceException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where calls go that are not answered here.
 *
 * @param emulator without a path
 * @param emulatorName what it is, for messages
 * @param tables where DynamoDB's calls go; moto's conditional writes are not atomic under threads
 */
public record Addresses(URI emulator, String emulatorName, URI tables) {

  private static final String ALLOWED = "-._~!$&'()*+,;=:@/?%[]";
  private static final int SERVER_ERROR = 500;

  URI of(String service, String target) {
    return URI.create((service.equals("dynamodb") ? tables : emulator) + legal(target));
  }

  /** Says that nobody answers. */
  ServiceException unavailable(String service) {
    return new ServiceException(
        503,
        "ServiceUnavailable",
        service.equals("dynamodb")
            ? "DynamoDB Local at " + tables + " does not answer"
            : "The emulator (%s at %s) does not answer; start the sandbox again"
                .formatted(emulatorName, emulator));
  }

  /**
   * Whether an answer is a web page instead of what the service's clients read: emulators show one
   * for a call that they do not know, and when they fail.
   */
  static boolean isPage(String service, int status, @Nullable String contentType) {
    boolean error = status >= SERVER_ERROR || (status == 404 && !service.startsWith("s3"));
    return error
        && contentType != null
        && contentType.toLowerCase(Locale.ROOT).startsWith("text/html");
  }

  ServiceException unknown(String name) {
    return new ServiceException(
        501, "NotImplemented", "The emulator (" + emulatorName + ") cannot do " + name);
  }

  /** Some clients leave characters as they are that a URI must not have. */
  private static String legal(String target) {
    var result = new StringBuilder();
    for (byte b : target.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || ALLOWED.indexOf(c) >= 0);
      result.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
    }
    return result.toString();
  }
}
