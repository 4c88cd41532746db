package dev.cloudmend.terraform.rules.ec2;

import java.util.Optional;
import java.util.regex.Pattern;

/** Ranges that are everybody. */
final class World {

  /** A range of length zero is all addresses, whichever address is written before the slash. */
  private static final Pattern RANGE =
      Pattern.compile("\\s*([0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F.]*:[0-9a-fA-F:.]*)/0{1,3}\\s*");

  private World() {}

  static boolean is(String range) {
    return RANGE.matcher(range).matches();
  }

  static boolean is(Optional<String> range) {
    return range.filter(World::is).isPresent();
  }
}
