package dev.cloudmend.endpoint.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloudmend.endpoint.ServiceException;
import java.net.URLDecoder;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the paths of Lambda's REST API. */
final class InvocationPath {

  private static final Pattern FUNCTION =
      Pattern.compile("/\\d{4}-\\d{2}-\\d{2}/functions/([^/?]+).*");
  private static final Pattern QUALIFIER = Pattern.compile("[^?]*\\?(?:.*&)?Qualifier=([^&]*).*");

  private InvocationPath() {}

  /**
   * The function's name or ARN.
   *
   * @throws ServiceException when the path has none
   */
  static String functionOf(String path) {
    Matcher matcher = FUNCTION.matcher(path);
    if (!matcher.matches()) {
      throw new ServiceException(404, "UnknownOperationException", "The path names no function");
    }
    return decode(matcher.group(1));
  }

  static Optional<String> qualifierOf(String path) {
    Matcher matcher = QUALIFIER.matcher(path);
    return matcher.matches() ? Optional.of(decode(matcher.group(1))) : Optional.empty();
  }

  /** A plus sign stands for itself: names have none, and paths do not use it for a blank. */
  private static String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException e) {
      throw new ServiceException(400, "ValidationException", "The path is not encoded properly");
    }
  }
}
