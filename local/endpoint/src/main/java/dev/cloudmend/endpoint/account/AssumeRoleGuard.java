package dev.cloudmend.endpoint.account;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.endpoint.AnsweredHere;
import dev.cloudmend.endpoint.AwsAnswer;
import dev.cloudmend.endpoint.AwsRequest;
import dev.cloudmend.endpoint.ServiceException;
import dev.cloudmend.endpoint.Upstream;
import dev.cloudmend.endpoint.Upstream.Caller;
import dev.cloudmend.endpoint.front.Forms;
import dev.cloudmend.endpoint.front.OwnCalls;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets a role be assumed only when it is there and its trust policy takes the request's external
 * id. The emulator gives out credentials for any ARN.
 *
 * <p>Of the trust policy only this is looked at: Allow, the action, whether AWS principals are
 * meant at all, and {@code StringEquals} on {@code sts:ExternalId}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html">
 *     External ids</a>
 */
public final class AssumeRoleGuard implements AnsweredHere {

  private static final Pattern ROLE =
      Pattern.compile("arn:[a-z0-9-]+:iam::(\\d{12}):role/(?:[^<>&]*/)?([\\w+=,.@-]{1,64})");
  private static final Pattern POLICY =
      Pattern.compile("<AssumeRolePolicyDocument>(.*?)</AssumeRolePolicyDocument>", Pattern.DOTALL);
  private static final Pattern ARN = Pattern.compile("<Arn>([^<]+)</Arn>");

  private final Upstream upstream;

  public AssumeRoleGuard(Upstream upstream) {
    this.upstream = upstream;
  }

  @Override
  public Set<String> operations() {
    return Set.of("sts:AssumeRole");
  }

  @Override
  public AwsAnswer answer(AwsRequest request) {
    Map<String, String> form = Forms.parse(request.body().text());
    String role = form.getOrDefault("RoleArn", "");
    Matcher arn = ROLE.matcher(role);
    if (!arn.matches()) {
      throw new ServiceException(400, "ValidationError", "'" + role + "' is not the ARN of a role");
    }
    Optional<JsonNode> policy = trustPolicy(role, arn.group(1), arn.group(2), request.region());
    if (policy.isEmpty() || !allows(policy.get(), form.get("ExternalId"))) {
      throw new ServiceException(
          403,
          "AccessDenied",
          "User: %s is not authorized to perform: sts:AssumeRole on resource: %s"
              .formatted(caller(request), role));
    }
    return upstream.send(request);
  }

  private Optional<JsonNode> trustPolicy(String role, String account, String name, String region) {
    Caller owner = upstream.callerOf(account, region);
    AwsAnswer answer =
        upstream.send(OwnCalls.form(owner, "iam", "GetRole", Map.of("RoleName", name)));
    String body = answer.body().text();
    Matcher found = POLICY.matcher(body);
    if (!answer.isSuccess() || !found.find() || !body.contains("<Arn>" + role + "</Arn>")) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.parse(URLDecoder.decode(found.group(1), StandardCharsets.UTF_8)));
    } catch (ModelException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean allows(JsonNode policy, @Nullable String externalId) {
    for (JsonNode statement : elements(policy.path("Statement"))) {
      if (statement.path("Effect").asText().equals("Allow")
          && isForAssumeRole(statement.path("Action"))
          && isForAws(statement.path("Principal"))
          && takes(statement.path("Condition"), externalId)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isForAssumeRole(JsonNode actions) {
    for (JsonNode action : elements(actions)) {
      String name = action.asText();
      if (name.equalsIgnoreCase("sts:AssumeRole")
          || name.equalsIgnoreCase("sts:*")
          || name.equals("*")) {
        return true;
      }
    }
    return false;
  }

  private static boolean isForAws(JsonNode principal) {
    return principal.asText().equals("*") || principal.has("AWS");
  }

  private static boolean takes(JsonNode condition, @Nullable String externalId) {
    for (Map.Entry<String, JsonNode> entry : condition.path("StringEquals").properties()) {
      if (entry.getKey().equalsIgnoreCase("sts:ExternalId")) {
        for (JsonNode value : elements(entry.getValue())) {
          if (value.asText().equals(externalId)) {
            return true;
          }
        }
        return false;
      }
    }
    return true;
  }

  /** A policy may have one thing where it may have several. */
  private static Iterable<JsonNode> elements(JsonNode node) {
    return node.isArray() ? node : List.of(node);
  }

  private String caller(AwsRequest request) {
    AwsAnswer answer =
        upstream.send(OwnCalls.form(Caller.of(request), "sts", "GetCallerIdentity", Map.of()));
    Matcher arn = ARN.matcher(answer.body().text());
    return arn.find() ? arn.group(1) : "anonymous";
  }
}
