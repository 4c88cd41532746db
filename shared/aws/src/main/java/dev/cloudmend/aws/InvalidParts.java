package dev.cloudmend.aws;

import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Text;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** What is wrong with one call, all of it, so that it can be mended at once. */
final class InvalidParts {

  static final String PARAMETERS = "$.parameters";

  private static final int MOST_NAMES = 30;
  private static final int LONGEST_NAME = 80;

  private final List<String> problems = new ArrayList<>();

  boolean isEmpty() {
    return problems.isEmpty();
  }

  void add(String path, String problem) {
    problems.add(path + ": " + problem);
  }

  void missing(String path, String members) {
    add(path, "misses the required member " + members);
  }

  /** Says what was expected without repeating the value, which may be a secret. */
  void wrongType(String path, String expected, String seen) {
    add(path, "expected " + expected + ", not " + seen);
  }

  void unknownMember(String path, String member, Collection<String> known) {
    add(path + "." + shown(member), "is not a member; expected one of " + names(known));
  }

  void unknownValue(String path, String value, Collection<String> known) {
    add(path, "'" + shown(value) + "' is not a known value; expected one of " + names(known));
  }

  void throwIfAny(ApiCall call) {
    if (!problems.isEmpty()) {
      throw new AwsCallException(
          AwsCallException.Kind.INVALID_CALL,
          AwsCallException.Kind.INVALID_CALL.name(),
          call,
          String.join("; ", problems));
    }
  }

  /** Names from a call are not ours: they are bounded and made harmless where they are repeated. */
  static String shown(String name) {
    return Text.shown(name, LONGEST_NAME);
  }

  private static String names(Collection<String> names) {
    String some = names.stream().sorted().limit(MOST_NAMES).collect(Collectors.joining(", "));
    return names.size() > MOST_NAMES ? some + ", … (" + names.size() + ")" : some;
  }
}
