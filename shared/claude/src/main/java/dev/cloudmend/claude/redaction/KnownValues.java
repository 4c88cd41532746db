package dev.cloudmend.claude.redaction;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Values that were found somewhere and are therefore replaced wherever they stand, in any case: a
 * bucket's name is told by its ARN, and then known in a sentence.
 */
final class KnownValues {

  /** Shorter names are only replaced as words of their own, or half of a text would be. */
  private static final int LONG_ENOUGH = 8;

  private static final int PREFIX = 3;
  private static final int SHORTEST_SECRET = 6;

  /** Words that the data itself is made of; as a name they tell nothing. */
  private static final Set<String> COMMON =
      Set.of(
          "access", "account", "all", "allow", "and", "any", "arn", "aws", "bucket", "deny", "ec2",
          "false", "for", "from", "group", "iam", "none", "not", "null", "policy", "port",
          "private", "public", "role", "root", "rule", "sts", "that", "the", "this", "true", "user",
          "with", "world");

  private final Map<String, List<Value>> byPrefix = new HashMap<>();

  private record Value(String text, Kind kind, boolean guess) {}

  void add(String text, Kind kind, boolean guess) {
    if (!isToldByItself(text, kind)) {
      return;
    }
    List<Value> values = byPrefix.computeIfAbsent(prefix(text, 0), prefix -> new ArrayList<>());
    Value there = values.stream().filter(value -> value.text.equals(text)).findFirst().orElse(null);
    if (there == null || (there.guess && !guess)) {
      values.remove(there);
      values.add(new Value(text, kind, guess));
      values.sort(Comparator.comparingInt(value -> -value.text.length()));
    }
  }

  void find(String text, Consumer<Span> found) {
    for (int i = 0; i + PREFIX <= text.length(); i++) {
      for (Value value : byPrefix.getOrDefault(prefix(text, i), List.of())) {
        if (isAt(text, i, value.text)) {
          found.accept(new Span(i, i + value.text.length(), value.kind, value.guess));
          break;
        }
      }
    }
  }

  /** Whether the value means the same wherever it stands. */
  private static boolean isToldByItself(String text, Kind kind) {
    return switch (kind) {
      // Found by their form wherever they stand, and a range's first address may be kept.
      case IP, PRIVATE_ADDRESS, TEXT -> false;
      case SECRET -> text.length() >= SHORTEST_SECRET;
      case PRINCIPAL, BUCKET, HOST ->
          text.length() >= PREFIX && !COMMON.contains(text.toLowerCase(Locale.ROOT));
      case ACCOUNT, ACCESS_KEY, EMAIL -> true;
    };
  }

  private static boolean isAt(String text, int at, String value) {
    int end = at + value.length();
    return text.regionMatches(true, at, value, 0, value.length())
        && (value.length() >= LONG_ENOUGH
            || ((at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)))
                && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)))));
  }

  private static String prefix(String text, int at) {
    var prefix = new char[PREFIX];
    for (int i = 0; i < PREFIX; i++) {
      prefix[i] = Character.toLowerCase(Character.toUpperCase(text.charAt(at + i)));
    }
    return new String(prefix);
  }
}
