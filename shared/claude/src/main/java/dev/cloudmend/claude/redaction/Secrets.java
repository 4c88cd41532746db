package dev.cloudmend.claude.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Finds access keys and secrets: by their form, by the word before them, by their randomness. */
public final class Secrets {

  private static final Pattern ACCESS_KEY =
      Pattern.compile("(?<![A-Z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{8,124}+");

  /**
   * Forms that issuers give to their secrets; an AWS session token begins with the same letters
   * everywhere.
   */
  private static final List<Pattern> FORMS =
      List.of(
          Pattern.compile(
              "-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----"
                  + "(?:[\\s\\S]*?-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----|[\\s\\S]*+)"),
          Pattern.compile("eyJ[A-Za-z0-9_-]{8,}+\\.[A-Za-z0-9_-]{4,}+(?:\\.[A-Za-z0-9_-]*+)?"),
          Pattern.compile("(?:IQoJ|FwoG|FQoG)[A-Za-z0-9+/=_-]{40,}+"),
          Pattern.compile("gh[pousr]_[A-Za-z0-9]{16,}+|github_pat_[A-Za-z0-9_]{16,}+"),
          Pattern.compile("glpat-[A-Za-z0-9_-]{16,}+"),
          Pattern.compile("xox[a-z]-[A-Za-z0-9-]{8,}+|xapp-[A-Za-z0-9-]{8,}+"),
          Pattern.compile("(?<=hooks\\.slack\\.com/)[A-Za-z0-9/_-]{8,}+"),
          Pattern.compile("[srp]k_(?:live|test)_[A-Za-z0-9]{8,}+|whsec_[A-Za-z0-9+/=]{8,}+"),
          Pattern.compile("AIza[A-Za-z0-9_-]{30,}+|ya29\\.[A-Za-z0-9_-]{16,}+"),
          Pattern.compile("(?<![A-Za-z0-9])sk-[A-Za-z0-9_-]{16,}+"),
          Pattern.compile("SG\\.[A-Za-z0-9_-]{10,}+\\.[A-Za-z0-9_-]{10,}+"),
          Pattern.compile("(?:npm_|pypi-|hf_|dop_v1_|shpat_|sq0[a-z]{3}-)[A-Za-z0-9_-]{16,}+"));

  private static final List<Pattern> VALUES =
      List.of(
          Pattern.compile(
              "(?i)(?:password|passwd|passphrase|pwd|(?<!:)secret|token|credentials?|signature"
                  + "|(?:api|access|secret|private)[_-]?key)[\"'\\\\]{0,4}+\\s{0,3}+"
                  + "(?::=|=>|=|:)\\s{0,3}+[\"'\\\\]{0,4}+"
                  + "(?!(?:true|false|null|none|required|enabled|disabled|optional|expired"
                  + "|rotated|missing|undefined)\\b)"
                  + "(?<value>[^\\s\"'\\\\,;&{}()\\[\\]<>]{6,}+)"),
          Pattern.compile(
              "(?i)(?<![a-z])(?:bearer|basic)\\s{1,3}+(?=[^\\s]{0,80}[0-9])"
                  + "(?<value>[A-Za-z0-9._~+/=-]{12,}+)"),
          Pattern.compile("://[^\\s/:@]{0,256}+:(?<value>[^\\s/@]{1,256}+)@"));

  private static final Pattern SECRET_KEY =
      Pattern.compile("(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{40,}+={0,2}+");
  private static final Pattern HEX =
      Pattern.compile("(?<![A-Za-z0-9])(?<!mrk-)[0-9a-fA-F]{32,}+(?![A-Za-z0-9])");
  private static final Pattern RUN = Pattern.compile("[A-Za-z0-9_-]{20,}+");

  private static final Set<String> MEMBERS =
      Set.of(
          "password",
          "passwd",
          "passphrase",
          "secret",
          "token",
          "credential",
          "credentials",
          "authorization",
          "cookie",
          "signature",
          "apikey",
          "accesskey",
          "accesskeyid",
          "secretkey",
          "privatekey");
  private static final Set<String> NO_SECRETS =
      Set.of("true", "false", "null", "none", "required", "enabled", "disabled", "optional");

  private static final Pattern ASSIGNED =
      Pattern.compile("(?<name>[\\p{L}\\p{N}_-]++)\"?\\s*+[:=]\\s*+\"(?<value>[^\"]*)\"");
  private static final Pattern BLANKS = Pattern.compile("[ \\t]+");

  private Secrets() {}

  /**
   * Whether a text holds what looks like a secret or an access key.
   *
   * @param text of a few lines; blanks that line up {@code name = "value"} hide nothing
   */
  public static boolean isIn(String text) {
    var found = new ArrayList<Span>();
    find(BLANKS.matcher(text).replaceAll(" "), found::add);
    return !found.isEmpty()
        || ASSIGNED
            .matcher(text)
            .results()
            .anyMatch(m -> isMember(m.group("name"), m.group("value")));
  }

  static void find(String text, Consumer<Span> found) {
    ACCESS_KEY
        .matcher(text)
        .results()
        .forEach(m -> found.accept(new Span(m.start(), m.end(), Kind.ACCESS_KEY)));
    for (Pattern form : FORMS) {
      form.matcher(text)
          .results()
          .forEach(m -> found.accept(new Span(m.start(), m.end(), Kind.SECRET)));
    }
    for (Pattern value : VALUES) {
      value
          .matcher(text)
          .results()
          .forEach(m -> found.accept(new Span(m.start("value"), m.end("value"), Kind.SECRET)));
    }
    guess(SECRET_KEY, text, Randomness::ofBase64, found);
    guess(HEX, text, Randomness::ofHex, found);
    guess(RUN, text, Randomness::ofWords, found);
  }

  /** Whether the whole text of a member of this name is a secret. */
  static boolean isMember(String name, String text) {
    String plain = Names.plain(name);
    return text.length() >= 4
        && !NO_SECRETS.contains(text.toLowerCase(Locale.ROOT))
        && !text.startsWith("arn:")
        && MEMBERS.stream().anyMatch(plain::endsWith);
  }

  private static void guess(
      Pattern run, String text, Predicate<String> random, Consumer<Span> found) {
    run.matcher(text)
        .results()
        .filter(m -> random.test(m.group()))
        .forEach(m -> found.accept(new Span(m.start(), m.end(), Kind.SECRET, true)));
  }
}
