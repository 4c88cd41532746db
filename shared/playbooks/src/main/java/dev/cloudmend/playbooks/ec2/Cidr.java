package dev.cloudmend.playbooks.ec2;

import dev.cloudmend.model.ModelException;
import dev.cloudmend.model.Text;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A range of addresses, as security group rules have them.
 *
 * @param v6 whether it is IPv6
 * @param prefix the length of the network's prefix in bits
 * @param first the lowest address of the range
 * @param last the highest address of the range
 */
record Cidr(boolean v6, int prefix, BigInteger first, BigInteger last) {

  private static final Pattern V4 =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
  private static final Pattern V6 = Pattern.compile("[0-9a-fA-F.]*:[0-9a-fA-F:.]*");
  private static final Pattern LENGTH = Pattern.compile("\\d{1,3}");

  /**
   * What nobody on the internet can have as an address: private use (RFC 1918, RFC 6598, RFC 4193)
   * and link-local (RFC 3927, RFC 4291).
   */
  private static final List<Cidr> PRIVATE =
      List.of(
          parse("10.0.0.0/8"),
          parse("172.16.0.0/12"),
          parse("192.168.0.0/16"),
          parse("100.64.0.0/10"),
          parse("169.254.0.0/16"),
          parse("fc00::/7"),
          parse("fe80::/10"));

  /**
   * Reads a range such as {@code 10.0.0.0/8} or {@code 2001:db8::/32}.
   *
   * @throws ModelException when it is not one
   */
  static Cidr parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    String length = slash < 0 ? "" : text.substring(slash + 1);
    boolean v6 = V6.matcher(address).matches();
    int bits = v6 ? 128 : 32;
    if (!LENGTH.matcher(length).matches() || Integer.parseInt(length) > bits) {
      throw notOne(text);
    }
    int prefix = Integer.parseInt(length);
    BigInteger size = BigInteger.ONE.shiftLeft(bits - prefix);
    BigInteger number = v6 ? v6(address, text) : v4(address, text);
    BigInteger first = number.subtract(number.mod(size));
    return new Cidr(v6, prefix, first, first.add(size).subtract(BigInteger.ONE));
  }

  boolean isEverything() {
    return prefix == 0;
  }

  boolean contains(Cidr other) {
    return v6 == other.v6 && first.compareTo(other.first) <= 0 && last.compareTo(other.last) >= 0;
  }

  /** Whether all of it lies in one private or link-local range. */
  boolean isPrivate() {
    return PRIVATE.stream().anyMatch(range -> range.contains(this));
  }

  /**
   * Whether it is small enough to be somebody's network: a /16 of IPv4 or a /32 of IPv6, the most
   * that one organisation usually holds, or less.
   */
  boolean namesNetwork() {
    return prefix >= (v6 ? 32 : 16);
  }

  /**
   * Whether ranges of one address family together reach everybody on the internet: with the private
   * ranges, which the internet cannot use, they leave no address out.
   */
  static boolean coverTheInternet(boolean v6, Collection<Cidr> ranges) {
    if (ranges.isEmpty()) {
      return false;
    }
    var all = new ArrayList<Cidr>(ranges);
    PRIVATE.stream().filter(range -> range.v6 == v6).forEach(all::add);
    all.sort(Comparator.comparing(Cidr::first));
    BigInteger end = BigInteger.ONE.shiftLeft(v6 ? 128 : 32);
    BigInteger next = BigInteger.ZERO;
    for (Cidr range : all) {
      if (range.first.compareTo(next) > 0) {
        return false;
      }
      next = next.max(range.last.add(BigInteger.ONE));
    }
    return next.equals(end);
  }

  private static BigInteger v4(String address, String text) {
    var parts = V4.matcher(address);
    if (!parts.matches()) {
      throw notOne(text);
    }
    BigInteger number = BigInteger.ZERO;
    for (int i = 1; i <= 4; i++) {
      int part = Integer.parseInt(parts.group(i));
      if (part > 255) {
        throw notOne(text);
      }
      number = number.shiftLeft(8).or(BigInteger.valueOf(part));
    }
    return number;
  }

  private static BigInteger v6(String address, String text) {
    try {
      // With a colon in it, this reads a literal and never asks a name server.
      byte[] bytes = InetAddress.getByName(address).getAddress();
      BigInteger number = new BigInteger(1, bytes);
      // Java reads ::ffff:192.0.2.1 as the IPv4 address in it.
      return bytes.length == 4 ? number.or(BigInteger.valueOf(0xffff).shiftLeft(32)) : number;
    } catch (UnknownHostException e) {
      throw notOne(text);
    }
  }

  private static ModelException notOne(String text) {
    return new ModelException("'" + Text.shown(text, 80) + "' is not a range of addresses");
  }
}
