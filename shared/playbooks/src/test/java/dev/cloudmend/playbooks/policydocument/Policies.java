package dev.cloudmend.playbooks.policydocument;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Policies and statements made up for laws. */
public final class Policies {

  private static final List<String> ACTIONS =
      List.of("s3:GetObject", "s3:PutObject", "s3:Get*", "s3:*", "s3:ListBucket", "*");
  private static final List<String> RESOURCES =
      List.of(
          "arn:aws:s3:::shop",
          "arn:aws:s3:::shop/*",
          "arn:aws:s3:::shop/public/*",
          "arn:aws:s3:::shop*",
          "arn:aws:s3:::other/*");
  private static final List<String> AWS =
      List.of(
          "111122223333",
          "arn:aws:iam::444455556666:root",
          "arn:aws:iam::111122223333:role/Reader",
          "arn:aws:iam::111122223333:user/jane");
  private static final List<String> CONDITIONS =
      List.of(
          "Bool aws:SecureTransport false",
          "Bool aws:SecureTransport true",
          "BoolIfExists aws:MultiFactorAuthPresent false",
          "StringEquals aws:PrincipalOrgID o-1",
          "StringLike aws:SourceVpce vpce-*",
          "StringNotEquals s3:x-amz-acl private",
          "NumericLessThan s3:TlsVersion 1.20",
          "IpAddress aws:SourceIp 203.0.113.0/24",
          "Null aws:PrincipalArn true");

  private Policies() {}

  /** Statements with a Sid of their own each, if any. */
  public static Arbitrary<ObjectNode> statements() {
    return Combinators.combine(
            Arbitraries.of("Allow", "Deny"),
            principals(),
            Arbitraries.of(ACTIONS).list().ofMinSize(1).ofMaxSize(3).uniqueElements(),
            Arbitraries.of(RESOURCES).list().ofMinSize(1).ofMaxSize(3).uniqueElements(),
            Arbitraries.of(CONDITIONS).list().ofMaxSize(3).uniqueElements(),
            Arbitraries.strings().alpha().ofLength(12).injectNull(0.3),
            Arbitraries.randomValue(Random::nextLong))
        .as(
            (effect, principal, actions, resources, conditions, sid, seed) -> {
              ObjectNode statement = Json.object().put("Effect", effect);
              if (sid != null) {
                statement.put("Sid", sid);
              }
              statement.set("Principal", principal);
              statement.set("Action", Json.toTree(actions));
              statement.set("Resource", Json.toTree(resources));
              ObjectNode condition = Json.object();
              for (String text : conditions) {
                String[] words = text.split(" ", -1);
                condition.withObject("/" + words[0]).put(words[1], words[2]);
              }
              if (!condition.isEmpty()) {
                statement.set("Condition", condition);
              }
              return (ObjectNode) respelt(statement, new Random(seed), false);
            });
  }

  /** Texts of policies, spelled in many ways. */
  public static Arbitrary<String> policies() {
    return Combinators.combine(
            Arbitraries.of("2012-10-17", "2008-10-17").injectNull(0.2),
            Arbitraries.of("Policy1", "é \"quoted\" \\ id").injectNull(0.5),
            statements().list().ofMinSize(1).ofMaxSize(5),
            Arbitraries.randomValue(Random::nextLong),
            Arbitraries.of(true, false))
        .as(
            (version, id, statements, seed, pretty) -> {
              ObjectNode policy = Json.object();
              if (id != null) {
                policy.put("Id", id);
              }
              policy.set(
                  "Statement",
                  statements.size() == 1 && pretty
                      ? statements.getFirst()
                      : Json.toTree(statements));
              if (version != null) {
                policy.put("Version", version);
              }
              ObjectNode shuffled = shuffled(policy, new Random(seed));
              return pretty ? Json.pretty(shuffled) : Json.write(shuffled);
            });
  }

  /** The same statement in another spelling. */
  public static ObjectNode respelt(ObjectNode statement, Random random) {
    return (ObjectNode) respelt(statement, random, true);
  }

  /** A statement that says something else. */
  public static ObjectNode mutated(ObjectNode statement, int which) {
    ObjectNode changed = statement.deepCopy();
    switch (which) {
      case 0 ->
          changed.put(
              "Effect", statement.path("Effect").asText().equals("Allow") ? "Deny" : "Allow");
      case 1 -> changed.set("NotAction", changed.remove("Action"));
      case 2 -> changed.set("NotResource", changed.remove("Resource"));
      case 3 -> changed.set("NotPrincipal", changed.remove("Principal"));
      case 4 -> changed.withObject("/Condition").putObject("Bool").put("aws:Mutated", "true");
      case 5 -> changed.putObject("Principal").put("Federated", "mutated.example.com");
      case 6 -> changed.put("Action", "mutated:Action");
      default -> changed.put("Resource", "arn:aws:s3:::mutated");
    }
    return changed;
  }

  private static Arbitrary<JsonNode> principals() {
    Arbitrary<JsonNode> everybody =
        Arbitraries.of("\"*\"", "{\"AWS\": \"*\"}", "{\"AWS\": [\"*\"]}").map(Json::parse);
    Arbitrary<JsonNode> named =
        Combinators.combine(
                Arbitraries.of(AWS).list().ofMaxSize(3).uniqueElements(), Arbitraries.of(0, 1, 2))
            .as(
                (names, services) -> {
                  ObjectNode principal = Json.object();
                  if (!names.isEmpty()) {
                    principal.set("AWS", Json.toTree(names));
                  }
                  if (names.isEmpty() || services > 0) {
                    principal.put("Service", "logging.s3.amazonaws.com");
                  }
                  return principal;
                });
    return Arbitraries.oneOf(everybody, named);
  }

  private static JsonNode respelt(ObjectNode statement, Random random, boolean names) {
    ObjectNode spelt = Json.object();
    for (Map.Entry<String, JsonNode> member : shuffled(statement, random).properties()) {
      JsonNode value = member.getValue();
      spelt.set(
          member.getKey(),
          switch (member.getKey()) {
            case "Sid" -> names ? Json.toTree("Renamed" + random.nextInt(10)) : value;
            case "Action" -> listed(value, random, true);
            case "Resource" -> listed(value, random, false);
            case "Principal" -> principal(value, random);
            case "Condition" -> condition(value, random);
            default -> value;
          });
    }
    return spelt;
  }

  private static JsonNode principal(JsonNode principal, Random random) {
    boolean everybody =
        principal.isTextual()
            || principal.path("AWS").asText().equals("*")
            || principal.path("AWS").path(0).asText().equals("*");
    if (everybody) {
      return Json.parse(
          List.of("\"*\"", "{\"AWS\": \"*\"}", "{\"AWS\": [\"*\"]}").get(random.nextInt(3)));
    }
    ObjectNode spelt = Json.object();
    for (Map.Entry<String, JsonNode> type : shuffled((ObjectNode) principal, random).properties()) {
      ArrayNode accounts = Json.mapper().createArrayNode();
      for (JsonNode name : type.getValue().isArray() ? type.getValue() : List.of(type.getValue())) {
        String text = name.asText();
        accounts.add(
            text.matches("\\d{12}") && random.nextBoolean()
                ? "arn:aws:iam::" + text + ":root"
                : text);
      }
      spelt.set(type.getKey(), listed(accounts, random, false));
    }
    return spelt;
  }

  private static JsonNode condition(JsonNode condition, Random random) {
    ObjectNode spelt = Json.object();
    for (Map.Entry<String, JsonNode> operator :
        shuffled((ObjectNode) condition, random).properties()) {
      ObjectNode keys = Json.object();
      for (Map.Entry<String, JsonNode> key :
          shuffled((ObjectNode) operator.getValue(), random).properties()) {
        String name = random.nextBoolean() ? key.getKey() : key.getKey().toUpperCase(Locale.ROOT);
        String text = key.getValue().isArray() ? "" : key.getValue().asText();
        JsonNode value =
            (text.equals("true") || text.equals("false")) && random.nextBoolean()
                ? Json.toTree(Boolean.parseBoolean(text))
                : key.getValue();
        keys.set(name, listed(value, random, false));
      }
      spelt.set(operator.getKey(), keys);
    }
    return spelt;
  }

  private static JsonNode listed(JsonNode value, Random random, boolean anyCase) {
    List<JsonNode> values = new ArrayList<>();
    for (JsonNode one : value.isArray() ? value : List.of(value)) {
      values.add(
          anyCase && random.nextBoolean()
              ? Json.toTree(one.asText().toUpperCase(Locale.ROOT))
              : one);
    }
    Collections.shuffle(values, random);
    if (values.size() == 1 && random.nextBoolean()) {
      return values.getFirst();
    }
    ArrayNode array = Json.mapper().createArrayNode();
    values.forEach(array::add);
    return array;
  }

  private static ObjectNode shuffled(ObjectNode object, Random random) {
    var members = new ArrayList<>(object.properties());
    Collections.shuffle(members, random);
    ObjectNode shuffled = Json.object();
    members.forEach(m -> shuffled.set(m.getKey(), m.getValue()));
    return shuffled;
  }
}
