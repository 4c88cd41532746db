package dev.cloudmend.sourcefixes;

import dev.cloudmend.sourcefixes.BlockText.Literal;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Whether a new text of a block lets in whom or what the old one did not. Where it cannot tell, it
 * says that it does.
 *
 * @param before the block as it stands
 * @param after as it shall be
 */
record BlockWidening(BlockText before, BlockText after) {

  private static final Set<String> WORLD = Set.of("0.0.0.0/0", "::/0");

  /** All below one bucket, or below what an attribute names. */
  private static final Pattern BELOW_ONE =
      Pattern.compile("(\\$\\{[a-z0-9_.]+\\.arn}|arn:[a-z-]+:s3:::[A-Za-z0-9.-]+)/[^*?]*\\*");

  private static final Set<String> PRINCIPALS =
      Set.of("aws", "canonicaluser", "federated", "identifiers", "principal", "service");
  private static final Set<String> GRANTED = Set.of("action", "actions", "resource", "resources");
  private static final Set<String> INVERSE =
      Set.of(
          "notaction",
          "notactions",
          "notprincipal",
          "notprincipals",
          "notresource",
          "notresources");

  private static final Pattern ACCOUNT = Pattern.compile("(?<!\\d)\\d{12}(?!\\d)");
  private static final Pattern PRIVATE =
      Pattern.compile("(10|192\\.168|172\\.(1[6-9]|2\\d|3[01]))\\..*");
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?<![\\d.])\\d{1,3}(\\.\\d{1,3}){3}(?![\\d.])"
              + "|(?i)(?<![0-9a-z:])(?=[0-9a-f]*:[0-9a-f]*:)[0-9a-f:]{3,}/\\d+");
  private static final Pattern LINK = Pattern.compile("(?i)\\S*(://|@|\\bwww\\.)\\S*");

  /** What is wider; empty where nothing is. */
  Optional<String> reason() {
    if (hasMore(BlockWidening::isWildcard)) {
      return Optional.of("it has a wildcard, or a range of the whole world, that was not there");
    }
    if (hasMore(BlockWidening::isInverse)) {
      return Optional.of("it has a NotAction, NotPrincipal or NotResource that was not there");
    }
    if (hasMore(BlockWidening::isPrincipal)) {
      return Optional.of("it has a principal that was not there");
    }
    if (!after.literals().stream().filter(BlockWidening::isGranted).allMatch(this::isCovered)) {
      return Optional.of("it allows an action or a resource that was not allowed");
    }
    if (!before.literals().stream().filter(l -> !allows(l)).allMatch(this::isStillDenied)) {
      return Optional.of("it takes away from what is denied");
    }
    if (isNew(ACCOUNT, account -> true)) {
      return Optional.of("it names an account that was not there");
    }
    if (isNew(ADDRESS, address -> !PRIVATE.matcher(address).matches())) {
      return Optional.of("it names a public address that was not there");
    }
    return isNew(LINK, link -> true)
        ? Optional.of("it has a link, a mention or an address of mail that was not there")
        : Optional.empty();
  }

  private static boolean isWildcard(Literal literal) {
    String text = literal.text();
    return WORLD.contains(text.strip())
        || ((text.contains("*") || text.contains("?")) && !BELOW_ONE.matcher(text).matches());
  }

  private static boolean isInverse(Literal literal) {
    return INVERSE.contains(plain(literal.name())) || INVERSE.contains(plain(literal.text()));
  }

  private static boolean isPrincipal(Literal literal) {
    return allows(literal) && PRINCIPALS.contains(plain(literal.name()));
  }

  private static boolean isGranted(Literal literal) {
    return literal.where().startsWith("allow") && GRANTED.contains(plain(literal.name()));
  }

  private static boolean allows(Literal literal) {
    return !literal.where().startsWith("deny");
  }

  /** Under a condition there may be what was there without one, not the other way round. */
  private boolean hasMore(Predicate<Literal> wanted) {
    return after.literals().stream()
        .filter(wanted)
        .anyMatch(
            one ->
                isMore(one, there -> there.where().equals(one.where()) && !isConditional(one))
                    || isMore(one, there -> effect(there).equals(effect(one))));
  }

  private boolean isMore(Literal one, Predicate<Literal> where) {
    return count(after, one, where) > count(before, one, where);
  }

  private static long count(BlockText text, Literal one, Predicate<Literal> where) {
    return text.literals().stream()
        .filter(there -> there.name().equalsIgnoreCase(one.name()))
        .filter(there -> there.text().equals(one.text()))
        .filter(where)
        .count();
  }

  private boolean isCovered(Literal granted) {
    String kind = plain(granted.name()).replaceAll("s$", "");
    return before.literals().stream()
        .filter(BlockWidening::isGranted)
        .filter(old -> plain(old.name()).replaceAll("s$", "").equals(kind))
        .filter(old -> isConditional(granted) || !isConditional(old))
        .anyMatch(old -> glob(old.text()).matcher(granted.text()).matches());
  }

  private boolean isStillDenied(Literal denied) {
    Predicate<Literal> same = there -> there.where().equals(denied.where());
    return count(after, denied, same) >= count(before, denied, same);
  }

  private boolean isNew(Pattern pattern, Predicate<String> counts) {
    return after.literals().stream()
        .flatMap(literal -> pattern.matcher(literal.text()).results())
        .map(MatchResult::group)
        .filter(counts)
        .anyMatch(found -> !before.text().contains(found));
  }

  private static boolean isConditional(Literal literal) {
    return literal.where().endsWith(BlockText.CONDITIONAL);
  }

  private static String effect(Literal literal) {
    return literal.where().replace(BlockText.CONDITIONAL, "");
  }

  /** IAM's own: a star and a question mark, whatever the case. */
  private static Pattern glob(String text) {
    return Pattern.compile(
        "\\Q" + text.replace("\\E", "").replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q") + "\\E",
        Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  }

  private static String plain(String text) {
    return text.toLowerCase(Locale.ROOT).replace("_", "");
  }
}
