package dev.cloudmend.playbooks.fake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Json;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The account's password policy, and the tags of one resource. What a write leaves out is reset, as
 * AWS does.
 */
public final class FakeIam {

  public @Nullable ObjectNode passwordPolicy;

  /** What the tags of every user, role and policy are read as. */
  public final Map<String, String> tags = new HashMap<>();

  ObjectNode answer(ApiCall call) {
    if (!call.region().equals("global")) {
      throw new AssertionError("IAM has no region: " + call.region());
    }
    return switch (call.operation()) {
      case "GetAccountPasswordPolicy" -> get(call);
      case "UpdateAccountPasswordPolicy" -> update(call.parameters());
      case "DeleteAccountPasswordPolicy" -> {
        existing(call);
        passwordPolicy = null;
        yield Json.object();
      }
      case "ListUserTags", "ListRoleTags", "ListPolicyTags" -> {
        ObjectNode out = Json.object();
        tags.forEach(
            (key, value) -> out.withArray("Tags").addObject().put("Key", key).put("Value", value));
        yield out;
      }
      default -> throw new AssertionError("no such operation: " + call.name());
    };
  }

  private ObjectNode get(ApiCall call) {
    ObjectNode policy = existing(call).deepCopy();
    policy.put("ExpirePasswords", policy.has("MaxPasswordAge"));
    return Json.object().set("PasswordPolicy", policy);
  }

  private ObjectNode update(ObjectNode fields) {
    ObjectNode reset =
        Json.object()
            .put("MinimumPasswordLength", 6)
            .put("RequireSymbols", false)
            .put("RequireNumbers", false)
            .put("RequireUppercaseCharacters", false)
            .put("RequireLowercaseCharacters", false)
            .put("AllowUsersToChangePassword", false)
            .put("HardExpiry", false);
    passwordPolicy = reset.setAll(fields);
    return Json.object();
  }

  private ObjectNode existing(ApiCall call) {
    ObjectNode policy = passwordPolicy;
    if (policy == null) {
      throw FakeAws.error(call, "NoSuchEntity");
    }
    return policy;
  }
}
