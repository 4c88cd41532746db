package dev.cloudmend.endpoint.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.endpoint.AwsAnswer;
import dev.cloudmend.endpoint.AwsRequest;
import dev.cloudmend.endpoint.Body;
import dev.cloudmend.endpoint.Upstream;
import dev.cloudmend.model.Json;
import java.net.URLDecoder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Knows functions by what is put into it, and gives each role credentials of its own. */
final class FakeEmulator implements Upstream {

  static final String ACCOUNT = "123456789012";

  private final Map<String, ObjectNode> functions = new ConcurrentHashMap<>();
  private final Map<String, Body> objects = new ConcurrentHashMap<>();
  final List<String> calls = new CopyOnWriteArrayList<>();

  void put(String name, String qualifier, ObjectNode configuration) {
    functions.put(name + "?" + qualifier, configuration);
  }

  void remove(String name) {
    functions.keySet().removeIf(key -> key.startsWith(name + "?"));
  }

  void putObject(String path, byte[] content) {
    objects.put(path, Body.of(content));
  }

  @Override
  public AwsAnswer send(AwsRequest request) {
    calls.add(request.operation());
    return switch (request.operation()) {
      case "GetFunctionConfiguration" -> configuration(request.path());
      case "AssumeRole" -> answer(200, credentials(request.body().text()));
      case "GetObject" ->
          new AwsAnswer(200, Map.of(), objects.getOrDefault(request.path(), Body.EMPTY));
      default -> throw new IllegalArgumentException(request.operation());
    };
  }

  private AwsAnswer configuration(String path) {
    String name = path.split("/", -1)[3];
    int query = path.indexOf("?Qualifier=");
    String qualifier = query < 0 ? "$LATEST" : URLDecoder.decode(path.substring(query + 11), UTF_8);
    ObjectNode found = functions.get(name + "?" + qualifier);
    return found == null ? answer(404, "{}") : answer(200, found.toString());
  }

  private static String credentials(String form) {
    String role = URLDecoder.decode(form, UTF_8).replaceAll(".*:role/([^&]*)&.*", "$1");
    return """
    <AssumeRoleResponse><AssumeRoleResult><Credentials>
      <AccessKeyId>KEY-OF-%s</AccessKeyId>
      <SecretAccessKey>secret</SecretAccessKey>
      <SessionToken>token</SessionToken>
    </Credentials></AssumeRoleResult></AssumeRoleResponse>
    """
        .formatted(role);
  }

  private static AwsAnswer answer(int status, String body) {
    return new AwsAnswer(status, Map.of(), Body.of(body));
  }

  @Override
  public ObjectNode call(Caller caller, String service, String operation, ObjectNode parameters) {
    throw new IllegalArgumentException(operation);
  }

  @Override
  public String account(String accessKey) {
    return ACCOUNT;
  }

  @Override
  public Caller callerOf(String account, String region) {
    return new Caller("key-of-" + account, region);
  }

  /** A configuration as the API tells it. */
  static ObjectNode configuration(String version, String codeSha256) {
    ObjectNode configuration =
        Json.object()
            .put("Version", version)
            .put("Runtime", "java21")
            .put("CodeSha256", codeSha256)
            .put("Handler", "example.Handler")
            .put("Timeout", 20)
            .put("MemorySize", 128)
            .put("Role", "arn:aws:iam::123456789012:role/own");
    configuration.putObject("Environment").putObject("Variables").put("GREETING", "hello");
    return configuration;
  }
}
