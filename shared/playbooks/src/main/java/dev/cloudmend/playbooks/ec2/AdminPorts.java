package dev.cloudmend.playbooks.ec2;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the rules that open SSH or RDP to the world.
 *
 * <p>That is judged for each of the ports 22 and 3389, for TCP and UDP (RDP uses both), and for
 * IPv4 and IPv6, by the rules that let it through. Rules that cover the internet together are as
 * good as 0.0.0.0/0, for example 0.0.0.0/1 with 128.0.0.0/1. Of such rules the outermost go: those
 * that lie in no other of them. As ranges of addresses never overlap half, these are exactly the
 * ones that make up the world; what lies within them is narrower and stays. That is repeated until
 * what is left no longer covers the internet.
 *
 * <p>A private range, and a range that names somebody's network ({@link Cidr#namesNetwork()}), is
 * never the reason for the world being let in, so it stays, also where it fills a gap between
 * broader ones.
 */
final class AdminPorts {

  static final List<Integer> PORTS = List.of(22, 3389);

  private static final List<String> TRANSPORTS = List.of("tcp", "udp");

  private AdminPorts() {}

  /** The offending rules, in the order given. */
  static List<IngressRule.Live> openToTheWorld(List<IngressRule.Live> rules) {
    Map<IngressRule.Live, Cidr> ranges = new HashMap<>();
    rules.forEach(rule -> ranges.put(rule, rule.rule().range()));
    Set<IngressRule.Live> offending = new LinkedHashSet<>();
    for (boolean v6 : new boolean[] {false, true}) {
      for (int port : PORTS) {
        for (String transport : TRANSPORTS) {
          var reaching = new HashMap<>(ranges);
          reaching
              .entrySet()
              .removeIf(
                  e -> e.getValue().v6() != v6 || !e.getKey().rule().reaches(transport, port));
          offending.addAll(makingUpTheWorld(v6, reaching));
        }
      }
    }
    return rules.stream().filter(offending::contains).toList();
  }

  private static Set<IngressRule.Live> makingUpTheWorld(
      boolean v6, Map<IngressRule.Live, Cidr> reaching) {
    Set<IngressRule.Live> found = new LinkedHashSet<>();
    while (Cidr.coverTheInternet(v6, reaching.values())) {
      List<Cidr> broad =
          reaching.values().stream().filter(r -> !r.isPrivate() && !r.namesNetwork()).toList();
      // Thousands of networks could be the world without one broad range among them.
      List<Cidr> candidates =
          broad.isEmpty() ? reaching.values().stream().filter(r -> !r.isPrivate()).toList() : broad;
      var outermost = new ArrayList<IngressRule.Live>();
      reaching.forEach(
          (rule, range) -> {
            if (candidates.contains(range)
                && candidates.stream().noneMatch(c -> c.contains(range) && !c.equals(range))) {
              outermost.add(rule);
            }
          });
      outermost.forEach(reaching::remove);
      found.addAll(outermost);
    }
    return found;
  }
}
