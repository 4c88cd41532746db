package dev.cloudmend.claude.redaction;

import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Finds the names of principals, buckets and hosts where their place tells what they are: in an
 * ARN, in an address, in a member that is called so.
 */
final class Names {

  private static final Pattern PRINCIPAL_ARN =
      Pattern.compile(
          "(?i)arn:aws[a-z0-9-]*+:(?:iam|sts):[a-z0-9-]*+:[^:\\s\"'\\\\]{0,64}+:"
              + "(?<type>user|role|assumed-role|federated-user|mfa)\\\\?/"
              + "(?<path>[\\\\/\\p{L}\\p{N}_+=,.@-]++)");
  private static final Pattern UNIQUE_ID =
      Pattern.compile(
          "(?<![A-Z0-9])(?:AROA|AIDA|AGPA|AIPA|ANPA|ANVA|APKA|ASCA)[A-Z0-9]{12,124}+"
              + "(?::[\\p{L}\\p{N}_+=,.@-]++)?");
  private static final Pattern PRINCIPAL_VALUE =
      Pattern.compile(
          "(?i)(?:user_?name|principal_?id|role_?name|session_?name|source_?identity)[\"'\\\\]{0,4}+"
              + "\\s{0,3}+[:=]\\s{0,3}+[\"'\\\\]{0,4}+(?<value>[\\p{L}\\p{N}_+=,.@:-]++)");
  private static final Set<String> PRINCIPAL_MEMBERS =
      Set.of(
          "username",
          "principalid",
          "principal",
          "rolename",
          "sessionname",
          "sourceidentity",
          "userid",
          "displayname");

  /** CloudTrail's types of identity, which stand where there is no name, and the root user. */
  private static final Set<String> TYPES =
      Set.of(
          "*",
          "root",
          "unknown",
          "iamuser",
          "assumedrole",
          "role",
          "federateduser",
          "directory",
          "awsaccount",
          "awsservice",
          "samluser",
          "webidentityuser",
          "identitycenteruser",
          "anonymous");

  private static final Pattern BUCKET =
      Pattern.compile(
          "(?i)(?:arn:aws[a-z0-9-]*+:s3:::|s3://|s3[a-z0-9.-]{0,40}\\.amazonaws\\.com/"
              + "|(?:bucket_?name|\"bucket\\\\?\")[\"'\\\\]{0,4}+\\s{0,3}+[:=]\\s{0,3}+[\"'\\\\]{0,4}+)"
              + "(?<value>[a-z0-9][a-z0-9._-]{1,253}[a-z0-9])");
  private static final Pattern BUCKET_HOST =
      Pattern.compile(
          "(?i)(?<bucket>.{3,255}?)\\.s3(?:[.-][a-z0-9-]+){0,3}\\.amazonaws\\.com(?:\\.cn)?");
  private static final Set<String> BUCKET_MEMBERS =
      Set.of("bucket", "bucketname", "targetbucket", "destinationbucket");
  private static final Set<String> HOST_MEMBERS =
      Set.of(
          "host", "hostname", "domain", "domainname", "dnsname", "privatednsname", "publicdnsname");

  private static final Pattern DOTTED = Pattern.compile("[\\p{L}\\p{N}_.-]++");
  private static final Pattern SERVICE_HOST =
      Pattern.compile(
          "(?i)(?:[a-z0-9-]+\\.){0,2}amazonaws\\.com(?:\\.cn)?|(?:[a-z0-9-]+\\.){0,2}aws\\.amazon\\.com|"
              + "[a-z0-9-]+\\.aws\\.internal");
  private static final Set<String> TOP_DOMAINS =
      Set.of(
          "com",
          "net",
          "org",
          "io",
          "dev",
          "app",
          "ai",
          "co",
          "gov",
          "edu",
          "mil",
          "int",
          "info",
          "biz",
          "cloud",
          "internal",
          "local",
          "localdomain",
          "corp",
          "lan",
          "home",
          "intranet",
          "test",
          "example",
          "invalid",
          "eu",
          "de",
          "uk",
          "us",
          "ca",
          "fr",
          "nl",
          "ch",
          "at",
          "au",
          "jp",
          "cn",
          "in",
          "br",
          "es",
          "it",
          "se",
          "no",
          "dk",
          "fi",
          "pl",
          "cz",
          "ie",
          "nz",
          "tv",
          "me",
          "xyz",
          "tech",
          "online",
          "site",
          "store",
          "bank",
          "health");

  private final boolean withNames;

  /**
   * @param withNames whether bucket and host names are looked for as well
   */
  Names(boolean withNames) {
    this.withNames = withNames;
  }

  void find(String text, Consumer<Span> found) {
    PRINCIPAL_ARN.matcher(text).results().forEach(m -> findInArn(m, found));
    UNIQUE_ID.matcher(text).results().forEach(m -> findParts(m.group(), m.start(), found));
    PRINCIPAL_VALUE
        .matcher(text)
        .results()
        .forEach(m -> findParts(m.group("value"), m.start("value"), found));
    if (withNames) {
      BUCKET
          .matcher(text)
          .results()
          .forEach(m -> found.accept(new Span(m.start("value"), m.end("value"), Kind.BUCKET)));
      findHosts(text, found);
    }
  }

  /** What the whole text of a member of this name is. */
  void findInMember(String name, String text, Consumer<Span> found) {
    String plain = plain(name);
    if (text.isBlank() || text.startsWith("arn:")) {
      return;
    }
    if (PRINCIPAL_MEMBERS.stream().anyMatch(plain::endsWith) && !text.endsWith(".amazonaws.com")) {
      findParts(text, 0, found);
    } else if (text.contains(" ")) {
      return;
    } else if (withNames && BUCKET_MEMBERS.contains(plain)) {
      found.accept(new Span(0, text.length(), Kind.BUCKET));
    } else if (withNames
        && HOST_MEMBERS.contains(plain)
        && !SERVICE_HOST.matcher(text).matches()
        && !BUCKET_HOST.matcher(text).matches()) {
      found.accept(new Span(0, text.length(), Kind.HOST));
    }
  }

  /** A member's name as they are compared: {@code aws:user_name} is {@code awsusername}. */
  static String plain(String member) {
    return member.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
  }

  private static void findInArn(MatchResult arn, Consumer<Span> found) {
    String path = arn.group("path").replaceAll("[.,]+$", "");
    boolean allParts = arn.group("type").toLowerCase(Locale.ROOT).equals("assumed-role");
    int from = allParts ? 0 : Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1;
    int start = from;
    for (int i = from; i <= path.length(); i++) {
      if (i == path.length() || path.charAt(i) == '/' || path.charAt(i) == '\\') {
        if (i > start) {
          found.accept(new Span(arn.start("path") + start, arn.start("path") + i, Kind.PRINCIPAL));
        }
        start = i + 1;
      }
    }
  }

  /** {@code AROA…:jane} is an id and a session's name. */
  private static void findParts(String value, int at, Consumer<Span> found) {
    int start = 0;
    for (int i = 0; i <= value.length(); i++) {
      if (i == value.length() || value.charAt(i) == ':') {
        if (i > start && !TYPES.contains(value.substring(start, i).toLowerCase(Locale.ROOT))) {
          found.accept(new Span(at + start, at + i, Kind.PRINCIPAL));
        }
        start = i + 1;
      }
    }
  }

  private static void findHosts(String text, Consumer<Span> found) {
    DOTTED
        .matcher(text)
        .results()
        .filter(m -> m.group().contains("."))
        .forEach(
            m -> {
              String host = m.group().replaceAll("[._-]+$", "");
              int start = m.start() + host.length() - host.replaceAll("^[._-]+", "").length();
              host = host.replaceAll("^[._-]+", "");
              var bucket = BUCKET_HOST.matcher(host);
              if (bucket.matches()) {
                found.accept(new Span(start, start + bucket.end("bucket"), Kind.BUCKET));
              } else if (isHost(host)) {
                found.accept(new Span(start, start + host.length(), Kind.HOST));
              }
            });
  }

  private static boolean isHost(String text) {
    String last = text.substring(text.lastIndexOf('.') + 1);
    return text.length() <= 253
        && text.contains(".")
        && TOP_DOMAINS.contains(last.toLowerCase(Locale.ROOT))
        && !SERVICE_HOST.matcher(text).matches();
  }
}
