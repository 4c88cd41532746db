package dev.cloudmend.terraform.locate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The address of a block from a root module, without the keys of instances.
 *
 * @param modules the names of the calls that lead there
 * @see <a href="https://developer.hashicorp.com/terraform/cli/state/resource-addressing">Resource
 *     address</a>
 */
record Address(List<String> modules, String type, String name) {

  private static final int LONGEST = 20_000;
  private static final Set<String> NO_TYPES = Set.of("module", "data");

  Address {
    modules = List.copyOf(modules);
  }

  /** Reads an address with or without keys; empty where it is none of a managed resource. */
  static Optional<Address> parse(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    Optional<List<String>> names = names(text);
    if (names.isEmpty()) {
      return Optional.empty();
    }
    List<String> rest = names.get();
    var modules = new ArrayList<String>();
    while (rest.size() > 2 && rest.getFirst().equals("module")) {
      modules.add(rest.get(1));
      rest = rest.subList(2, rest.size());
    }
    return rest.size() == 2 && !NO_TYPES.contains(rest.getFirst())
        ? Optional.of(new Address(modules, rest.getFirst(), rest.getLast()))
        : Optional.empty();
  }

  private static Optional<List<String>> names(String text) {
    var names = new ArrayList<String>();
    int at = 0;
    while (true) {
      int end = at;
      while (end < text.length() && isOfName(text.charAt(end))) {
        end++;
      }
      if (end == at) {
        return Optional.empty();
      }
      names.add(text.substring(at, end));
      at = end < text.length() && text.charAt(end) == '[' ? afterKey(text, end + 1) : end;
      if (at == text.length()) {
        return Optional.of(names);
      }
      if (at < 0 || text.charAt(at) != '.') {
        return Optional.empty();
      }
      at++;
    }
  }

  private static boolean isOfName(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-';
  }

  /** A key in quotes may hold what else would end it. */
  private static int afterKey(String text, int from) {
    boolean quoted = text.startsWith("\"", from);
    for (int at = quoted ? from + 1 : from; at < text.length(); at++) {
      char c = text.charAt(at);
      if (quoted && c == '\\') {
        at++;
      } else if (quoted && c == '"') {
        quoted = false;
      } else if (!quoted && c == ']') {
        return at + 1;
      }
    }
    return -1;
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    modules.forEach(module -> text.append("module.").append(module).append('.'));
    return text.append(type).append('.').append(name).toString();
  }
}
