package dev.cloudmend.claude.redaction;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Finds account ids, e-mail addresses and IP addresses.
 *
 * <p>The whole world and the private ranges of RFC 1918 are no secrets, and what a finding is
 * about: they stay. Of other ranges the address goes and the prefix length stays.
 */
final class Addresses {

  private static final List<Pattern> ACCOUNTS =
      List.of(
          // Twelve digits at the end of a UUID are most often not an account.
          Pattern.compile(
              "(?<![0-9])(?<![0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-)"
                  + "[0-9]{12}(?![0-9])"),
          Pattern.compile("(?<![0-9-])[0-9]{4}-[0-9]{4}-[0-9]{4}(?![0-9-])"));
  private static final Pattern EMAIL =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}._%+'-])[\\p{L}\\p{N}._%+'-]++@[\\p{L}\\p{N}-]++\\.[\\p{L}\\p{N}.-]*[\\p{L}\\p{N}]");
  private static final Pattern IPV4 =
      Pattern.compile(
          "(?<![0-9])(?<address>[0-9]{1,3}(?:\\.[0-9]{1,3}){3})(?![0-9])(?:/[0-9]{1,2})?");
  private static final Pattern IPV4_IN_NAME =
      Pattern.compile(
          "(?<![A-Za-z0-9])(?:ip|ec2)-(?<address>[0-9]{1,3}(?:-[0-9]{1,3}){3})(?![0-9])");
  private static final Pattern IPV6 =
      Pattern.compile(
          "(?<![0-9A-Fa-f:])[0-9A-Fa-f:]{2,64}+(?:(?<=:[0-9]{1,3})(?:\\.[0-9]{1,3}){3})?"
              + "(?![0-9A-Za-z])");

  private static final Set<String> KEPT =
      Set.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "0.0.0.0", "255.255.255.255");
  private static final Pattern PRIVATE =
      Pattern.compile(
          "10\\..*|127\\..*|169\\.254\\..*|192\\.168\\..*|172\\.(?:1[6-9]|2[0-9]|3[01])\\..*"
              + "|100\\.(?:6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])\\..*"
              + "|f[cd][0-9a-f]{2}:.*|fe[89ab][0-9a-f]:.*|::1");

  private Addresses() {}

  static void find(String text, Consumer<Span> found) {
    for (Pattern account : ACCOUNTS) {
      each(account, text, m -> found.accept(new Span(m.start(), m.end(), Kind.ACCOUNT)));
    }
    each(EMAIL, text, m -> found.accept(new Span(m.start(), m.end(), Kind.EMAIL)));
    findIp(text, found);
  }

  /** Only the IP addresses. */
  static void findIp(String text, Consumer<Span> found) {
    each(
        IPV4,
        text,
        m -> {
          String address = m.group("address");
          if (isIpv4(address) && !KEPT.contains(address) && !KEPT.contains(m.group())) {
            found.accept(span(m, address));
          }
        });
    each(
        IPV4_IN_NAME,
        text,
        m -> {
          String address = m.group("address").replace('-', '.');
          if (isIpv4(address)) {
            found.accept(span(m, address));
          }
        });
    each(
        IPV6,
        text,
        m -> {
          boolean inWord = m.start() > 0 && Character.isLetter(text.charAt(m.start() - 1));
          if (!m.group().contains(":::") && !(inWord && m.group().startsWith("::"))) {
            findIpv6(m.group().toLowerCase(Locale.ROOT), m.start(), found);
          }
        });
  }

  /** Whatever stands before or after it with a colon, as in {@code source:2001:db8::1}. */
  private static void findIpv6(String run, int at, Consumer<Span> found) {
    String colonsOnce = run.endsWith("::") ? run : run.replaceAll(":$", "");
    for (int from = 0; from >= 0; from = colonsOnce.indexOf(':', from) + 1) {
      String address = colonsOnce.substring(from);
      if (isIpv6(address)) {
        if (!address.equals("::")) {
          found.accept(new Span(at + from, at + colonsOnce.length(), kindOf(address)));
        }
        return;
      }
      if (colonsOnce.indexOf(':', from) < 0) {
        return;
      }
    }
  }

  private static Span span(MatchResult match, String address) {
    return new Span(match.start("address"), match.end("address"), kindOf(address));
  }

  private static Kind kindOf(String address) {
    return PRIVATE.matcher(address).matches() ? Kind.PRIVATE_ADDRESS : Kind.IP;
  }

  private static boolean isIpv4(String text) {
    return Arrays.stream(text.split("\\.", -1)).allMatch(part -> Integer.parseInt(part) <= 255);
  }

  private static boolean isIpv6(String text) {
    String[] halves = text.split("::", -1);
    int groups = 0;
    for (String half : halves) {
      for (String group : half.isEmpty() ? new String[0] : half.split(":", -1)) {
        if (group.contains(".") ? !isIpv4(group) : group.isEmpty() || group.length() > 4) {
          return false;
        }
        groups += group.contains(".") ? 2 : 1;
      }
    }
    return halves.length == 1 ? groups == 8 : halves.length == 2 && groups <= 7;
  }

  private static void each(Pattern pattern, String text, Consumer<MatchResult> match) {
    pattern.matcher(text).results().forEach(match);
  }
}
