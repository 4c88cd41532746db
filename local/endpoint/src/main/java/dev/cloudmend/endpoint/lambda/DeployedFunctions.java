package dev.cloudmend.endpoint.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloudmend.endpoint.AwsAnswer;
import dev.cloudmend.endpoint.AwsRequest;
import dev.cloudmend.endpoint.Body;
import dev.cloudmend.endpoint.ServiceException;
import dev.cloudmend.endpoint.Upstream;
import java.net.URLEncoder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the emulator knows of functions, and the credentials of their roles. */
final class DeployedFunctions {

  private static final int NOT_FOUND = 404;
  private static final Pattern KEY = Pattern.compile("<AccessKeyId>([^<]+)</AccessKeyId>");
  private static final Pattern SECRET =
      Pattern.compile("<SecretAccessKey>([^<]+)</SecretAccessKey>");
  private static final Pattern TOKEN = Pattern.compile("<SessionToken>([^<]+)</SessionToken>");

  private final Upstream upstream;
  private final Map<FunctionName, FunctionConfiguration> known = new ConcurrentHashMap<>();
  private final AtomicLong generation = new AtomicLong();

  DeployedFunctions(Upstream upstream) {
    this.upstream = upstream;
  }

  /** Temporary credentials. */
  record Credentials(String accessKey, String secretKey, String sessionToken) {
    @Override
    public String toString() {
      return "Credentials[" + accessKey + "]";
    }
  }

  /**
   * The configuration that a name stands for now.
   *
   * @throws ServiceException ResourceNotFoundException when there is no such function or qualifier
   */
  FunctionConfiguration configuration(FunctionName function) {
    FunctionConfiguration cached = known.get(function);
    if (cached != null) {
      return cached;
    }
    long before = generation.get();
    FunctionConfiguration read = read(function);
    known.put(function, read);
    // A write may have come between the reading and the keeping.
    if (generation.get() != before) {
      known.remove(function);
    }
    return read;
  }

  /** Forgets everything: something was written. */
  void forget() {
    generation.incrementAndGet();
    known.clear();
  }

  private FunctionConfiguration read(FunctionName function) {
    String query = function.qualifier().map(q -> "?Qualifier=" + encode(q)).orElse("");
    AwsAnswer answer =
        send(
            function.account(),
            function.region(),
            "lambda",
            "GetFunctionConfiguration",
            "GET",
            "/2015-03-31/functions/" + encode(function.name()) + "/configuration" + query,
            Body.EMPTY);
    if (answer.status() == NOT_FOUND) {
      throw new ServiceException(
          NOT_FOUND, "ResourceNotFoundException", "Function not found: " + function.arn());
    }
    requireSuccess(answer, "The configuration of " + function.arn());
    return FunctionConfiguration.of(function, answer.body().json());
  }

  /**
   * Credentials of a function's own role.
   *
   * @throws ServiceException AccessDeniedException when the role cannot be assumed
   */
  Credentials credentials(FunctionConfiguration configuration) {
    FunctionName function = configuration.function();
    AwsAnswer answer =
        send(
            function.account(),
            function.region(),
            "sts",
            "AssumeRole",
            "POST",
            "/",
            Body.of(
                "Action=AssumeRole&Version=2011-06-15&RoleArn="
                    + encode(configuration.role())
                    + "&RoleSessionName="
                    + encode(function.name())));
    if (!answer.isSuccess()) {
      throw new ServiceException(
          403,
          "AccessDeniedException",
          "The role defined for the function cannot be assumed by Lambda.");
    }
    String xml = answer.body().text();
    return new Credentials(element(KEY, xml), element(SECRET, xml), element(TOKEN, xml));
  }

  /**
   * Reads code that lies in a bucket.
   *
   * @throws ServiceException when it cannot be read
   */
  Body object(Upstream.Caller caller, String bucket, String key, String version) {
    String query = version.isEmpty() ? "" : "?versionId=" + encode(version);
    AwsAnswer answer =
        send(
            caller,
            "s3",
            "GetObject",
            "GET",
            "/" + encode(bucket) + "/" + encode(key).replace("%2F", "/") + query,
            Body.EMPTY);
    requireSuccess(answer, "The code in the bucket " + bucket);
    return answer.body();
  }

  private static void requireSuccess(AwsAnswer answer, String what) {
    if (!answer.isSuccess()) {
      throw new ServiceException(
          500,
          "ServiceException",
          what + " cannot be read: the emulator answered " + answer.status());
    }
  }

  private AwsAnswer send(
      String account,
      String region,
      String service,
      String operation,
      String method,
      String path,
      Body body) {
    return send(upstream.callerOf(account, region), service, operation, method, path, body);
  }

  private AwsAnswer send(
      Upstream.Caller caller,
      String service,
      String operation,
      String method,
      String path,
      Body body) {
    String credential =
        caller.accessKey() + "/20260101/" + caller.region() + "/" + service + "/aws4_request";
    // The emulator reads the account, the region and the service from here, and checks nothing.
    String authorization =
        "AWS4-HMAC-SHA256 Credential=" + credential + ", SignedHeaders=host, Signature=0";
    return upstream.send(
        new AwsRequest(
            service,
            operation,
            caller.region(),
            caller.accessKey(),
            method,
            path,
            Map.of(
                "authorization",
                List.of(authorization),
                "content-type",
                List.of("application/x-www-form-urlencoded; charset=utf-8")),
            body));
  }

  private static String element(Pattern pattern, String xml) {
    Matcher matcher = pattern.matcher(xml);
    if (!matcher.find()) {
      throw new ServiceException(500, "ServiceException", "AssumeRole gave no credentials");
    }
    return matcher.group(1);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
