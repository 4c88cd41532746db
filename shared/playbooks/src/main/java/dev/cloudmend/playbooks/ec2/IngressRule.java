package dev.cloudmend.playbooks.ec2;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.CanonicalJson;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an inbound rule from a range of addresses says. Its id is not part of it, because a rule
 * that is authorised again gets another.
 *
 * @param protocol as EC2 gives it: {@code tcp}, {@code udp}, {@code -1} for all, or a number
 * @param fromPort the first port, absent where the rule has none
 * @param toPort the last port, absent where the rule has none
 * @param source the range, as EC2 writes it
 * @param v6 whether the range is IPv6
 * @param description absent where the rule has none
 * @param tags without those of AWS's own, which nobody else can set
 */
record IngressRule(
    String protocol,
    @Nullable Integer fromPort,
    @Nullable Integer toPort,
    String source,
    boolean v6,
    @Nullable String description,
    SortedMap<String, String> tags) {

  static final Comparator<IngressRule> ORDER =
      Comparator.comparing(rule -> CanonicalJson.of(rule.toState()));

  private static final String ALL = "-1";

  /**
   * A rule of a security group as it stands.
   *
   * @param id the rule's id, {@code sgr-…}
   * @param rule what it says
   * @param awsTags whether it has tags of AWS's own
   */
  record Live(String id, IngressRule rule, boolean awsTags) {}

  /** What EC2 matches rules by: two rules of a group cannot have it in common. */
  record Permission(
      String protocol, @Nullable Integer fromPort, @Nullable Integer toPort, String source) {}

  /**
   * Reads an element of DescribeSecurityGroupRules.
   *
   * @return nothing for outbound rules, and for those from groups and prefix lists
   * @throws ModelException when what the decision rests on is missing
   */
  static Optional<Live> read(JsonNode described) {
    JsonNode egress = described.path("IsEgress");
    String id = described.path("SecurityGroupRuleId").asText("");
    String protocol = described.path("IpProtocol").asText("");
    if (!egress.isBoolean() || id.isEmpty() || protocol.isEmpty()) {
      throw new ModelException(
          "ec2:DescribeSecurityGroupRules answered with a rule that lacks SecurityGroupRuleId,"
              + " IsEgress or IpProtocol");
    }
    boolean v6 = described.path("CidrIpv6").isTextual();
    JsonNode source = v6 ? described.path("CidrIpv6") : described.path("CidrIpv4");
    if (egress.booleanValue() || !source.isTextual()) {
      return Optional.empty();
    }
    var tags = new TreeMap<String, String>();
    boolean awsTags = false;
    for (JsonNode tag : described.path("Tags")) {
      String key = tag.path("Key").asText();
      if (key.startsWith("aws:")) {
        awsTags = true;
      } else {
        tags.put(key, tag.path("Value").asText());
      }
    }
    boolean ports = !protocol.equals(ALL);
    return Optional.of(
        new Live(
            id,
            new IngressRule(
                protocol,
                ports ? number(described.path("FromPort")) : null,
                ports ? number(described.path("ToPort")) : null,
                source.textValue(),
                v6,
                text(described.path("Description")),
                tags),
            awsTags));
  }

  /** Reads what {@link #toState()} wrote. */
  static IngressRule ofState(JsonNode state) {
    boolean v6 = state.has("cidrIpv6");
    var tags = new TreeMap<String, String>();
    state.path("tags").properties().forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
    return new IngressRule(
        state.path("protocol").asText(),
        number(state.path("fromPort")),
        number(state.path("toPort")),
        state.path(v6 ? "cidrIpv6" : "cidrIpv4").asText(),
        v6,
        text(state.path("description")),
        tags);
  }

  /** The rule in the form of a change's states. */
  ObjectNode toState() {
    ObjectNode state = Json.object().put("protocol", protocol);
    if (fromPort != null) {
      state.put("fromPort", fromPort);
    }
    if (toPort != null) {
      state.put("toPort", toPort);
    }
    state.put(v6 ? "cidrIpv6" : "cidrIpv4", source);
    if (description != null) {
      state.put("description", description);
    }
    if (!tags.isEmpty()) {
      ObjectNode all = state.putObject("tags");
      for (Map.Entry<String, String> tag : tags.entrySet()) {
        all.put(tag.getKey(), tag.getValue());
      }
    }
    return state;
  }

  /**
   * As an element of {@code IpPermissions}, which has room for the description but not for tags.
   */
  ObjectNode toPermission() {
    ObjectNode permission = Json.object().put("IpProtocol", protocol);
    if (fromPort != null) {
      permission.put("FromPort", fromPort);
    }
    if (toPort != null) {
      permission.put("ToPort", toPort);
    }
    ObjectNode range =
        permission
            .putArray(v6 ? "Ipv6Ranges" : "IpRanges")
            .addObject()
            .put(v6 ? "CidrIpv6" : "CidrIp", source);
    if (description != null) {
      range.put("Description", description);
    }
    return permission;
  }

  Permission permission() {
    return new Permission(protocol, fromPort, toPort, source);
  }

  Cidr range() {
    return Cidr.parse(source);
  }

  /**
   * Whether the rule lets a port through.
   *
   * @param transport {@code tcp} or {@code udp}
   */
  boolean reaches(String transport, int port) {
    if (protocol.equals(ALL)) {
      return true;
    }
    boolean same =
        protocol.equals(transport) || protocol.equals(transport.equals("tcp") ? "6" : "17");
    return same && lowest() <= port && port <= highest();
  }

  /** Whether it lets nothing through but one port of one protocol. */
  boolean isOnePort() {
    return !protocol.equals(ALL) && lowest() == highest();
  }

  /** For people, such as {@code tcp 22 from 0.0.0.0/0}. */
  String shown() {
    String ports = lowest() == highest() ? "" + lowest() : lowest() + "-" + highest();
    return (protocol.equals(ALL) ? "all traffic" : protocol + " " + ports) + " from " + source;
  }

  // EC2 writes -1 where a rule names no ports, and such a rule lets all of them through.
  private int lowest() {
    return fromPort == null || fromPort == -1 ? 0 : fromPort;
  }

  private int highest() {
    return toPort == null || toPort == -1 ? 65_535 : toPort;
  }

  private static @Nullable Integer number(JsonNode node) {
    return node.isIntegralNumber() ? node.intValue() : null;
  }

  private static @Nullable String text(JsonNode node) {
    return node.isTextual() ? node.textValue() : null;
  }
}
