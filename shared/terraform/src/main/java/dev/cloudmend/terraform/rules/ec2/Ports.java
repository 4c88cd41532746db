package dev.cloudmend.terraform.rules.ec2;

import dev.cloudmend.terraform.project.Value;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a rule lets through.
 *
 * @param protocol {@code tcp}, {@code udp} or {@code all}
 * @param from the first port
 * @param to the last port
 */
record Ports(String protocol, int from, int to) {

  private static final int LAST = 65_535;

  /**
   * Reads a rule's arguments.
   *
   * @return nothing for what has no ports, such as ICMP, and for what is not known
   */
  static Optional<Ports> of(Value protocol, Value from, Value to) {
    // No rule can be applied without a protocol; those that are written so mean TCP.
    Optional<String> name =
        protocol instanceof Value.Unset ? Optional.of("tcp") : protocol.text().map(Ports::named);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    return switch (name.get()) {
      case "all" -> Optional.of(new Ports("all", 0, LAST));
      case "tcp", "udp" -> {
        Optional<Integer> first = number(from);
        Optional<Integer> last = number(to);
        yield first.isEmpty() || last.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Ports(
                    name.get(),
                    Math.max(first.get(), 0),
                    first.get() < 0 || last.get() < 0 ? LAST : last.get()));
      }
      default -> Optional.empty();
    };
  }

  private static String named(String protocol) {
    return switch (protocol) {
      case "-1", "all", "ALL" -> "all";
      case "6", "tcp", "TCP" -> "tcp";
      case "17", "udp", "UDP" -> "udp";
      default -> protocol;
    };
  }

  private static Optional<Integer> number(Value value) {
    return value.text().filter(t -> t.matches("-?[0-9]{1,5}")).map(Integer::parseInt);
  }

  boolean contains(int port) {
    return from <= port && port <= to;
  }

  /** Whether TCP to this port passes. */
  boolean reaches(int port) {
    return !protocol.equals("udp") && contains(port);
  }

  /** Whether no port is left out. */
  boolean areAll() {
    return from <= 1 && to == LAST;
  }

  /** Whether there is nothing but these among them. */
  boolean areOnly(List<Integer> ports) {
    return !protocol.equals("all")
        && to - from < ports.size()
        && IntStream.rangeClosed(from, to).allMatch(ports::contains);
  }

  /** For people and for descriptions, such as {@code tcp 22} or {@code all traffic}. */
  String shown() {
    if (protocol.equals("all")) {
      return "all traffic";
    }
    return protocol + " " + (from == to ? String.valueOf(from) : from + "-" + to);
  }
}
