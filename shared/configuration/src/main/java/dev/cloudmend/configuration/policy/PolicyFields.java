package dev.cloudmend.configuration.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.cloudmend.model.Diagnosis.Confidence;
import dev.cloudmend.model.Diagnosis.Origin;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Finding.Actor;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.Reversibility;
import dev.cloudmend.model.Severity;
import dev.cloudmend.playbooks.Catalogue;
import dev.cloudmend.playbooks.PlaybookInfo;
import dev.cloudmend.playbooks.PlaybookInfo.Tier;
import dev.cloudmend.playbooks.ResourceType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The document that rules are matched with: every field, where it comes from and what it means. The
 * document, the check of rules and the documentation are made from this one list.
 */
public final class PolicyFields {

  private static final Map<String, PolicyField> FIELDS = fields();

  private PolicyFields() {}

  /** All fields by path, in the order of the documentation. */
  public static Map<String, PolicyField> all() {
    return FIELDS;
  }

  /** A Markdown table of all fields. */
  public static String markdown() {
    return FIELDS.values().stream()
        .map(
            f ->
                "| `%s` | %s | %s%s |\n"
                    .formatted(f.path(), f.type().words(), f.description(), values(f)))
        .collect(Collectors.joining("", "| Field | Type | What it is |\n|---|---|---|\n", ""));
  }

  static ObjectNode document(PolicyInput input) {
    ObjectNode document = Json.object();
    for (PolicyField field : FIELDS.values()) {
      field.value().apply(input).ifPresent(value -> put(document, field.path(), value));
    }
    return document;
  }

  private static void put(ObjectNode document, String path, JsonNode value) {
    String pointer = "/" + path.replace('.', '/');
    int last = pointer.lastIndexOf('/');
    document.withObject(pointer.substring(0, last)).set(pointer.substring(last + 1), value);
  }

  private static String values(PolicyField field) {
    return field.values().isEmpty()
        ? ""
        : field.values().stream()
            .sorted()
            .map(value -> "`" + value + "`")
            .collect(Collectors.joining(", ", ": ", ""));
  }

  private static Map<String, PolicyField> fields() {
    var list = new Fields(new ArrayList<>());
    list.text(
        "finding.source",
        "who found it, such as `vanta` or `cloudtrail`",
        finding(Finding::source));
    list.text(
        "finding.check",
        "what failed, in the source's own words; for CloudTrail the event's name",
        finding(Finding::check));
    list.text("finding.title", "one line for a person", finding(Finding::title));
    list.oneOf(
        "finding.severity",
        "how bad the source says it is",
        names(Severity.values()),
        finding(f -> f.severity().name()));
    list.list(
        "finding.frameworks",
        "the compliance frameworks that the source names",
        i -> i.finding().frameworks());
    list.text(
        "finding.actor.principal",
        "the ARN of who made the change, or the service or type where there is none; absent, as all of `actor`, where the source does not tell",
        actor(Actor::principal));
    list.text(
        "finding.actor.type",
        "CloudTrail's `userIdentity.type`, such as `AssumedRole`",
        actor(Actor::type));
    list.text(
        "finding.actor.role",
        "the ARN of the assumed role; absent where there is none",
        actor(Actor::role));
    list.text(
        "finding.actor.sourceAddress",
        "IP address or service name; may be absent",
        actor(Actor::sourceAddress));
    list.text(
        "finding.actor.userAgent",
        "as the caller chose to send it, so nothing to trust; may be absent",
        actor(Actor::userAgent));
    list.flag(
        "finding.actor.breakGlass",
        "whether it is one of the configured `breakGlassPrincipals`",
        PolicyInput::breakGlass,
        i -> i.finding().actor() != null);
    list.text("resource.arn", "the resource", resource(r -> r.arn().toString()));
    list.text(
        "resource.partition",
        "`aws`, `aws-cn`, `aws-us-gov`, …",
        resource(r -> r.arn().partition()));
    list.text(
        "resource.service",
        "the service's namespace in the ARN, such as `s3`",
        resource(r -> r.arn().service()));
    list.text(
        "resource.type",
        "in CloudFormation's words, such as `AWS::S3::Bucket`; absent where the ARN does not tell",
        resource(r -> ResourceType.of(r.arn()).orElse(null)));
    list.text(
        "resource.account",
        "the account, twelve digits: quote them",
        resource(ResourceRef::account));
    list.text("resource.region", "the region that the event names", resource(ResourceRef::region));
    list.text(
        "resource.name",
        "the last part of the ARN's resource: the name of a bucket or role, the id of a security group",
        resource(PolicyFields::name));
    list.oneOf(
        "diagnosis.origin",
        "who wrote the diagnosis",
        names(Origin.values()),
        i -> i.origin().name());
    list.oneOf(
        "diagnosis.confidence",
        "how sure its author is; what is of low confidence is never automatic",
        names(Confidence.values()),
        i -> i.confidence().name());
    list.oneOf(
        "playbook.id",
        "the playbook whose fix is planned",
        catalogue(PlaybookInfo::id),
        playbook(PlaybookInfo::id));
    list.text(
        "playbook.version",
        "raised when the same state would get another plan",
        playbook(PlaybookInfo::version));
    list.oneOf(
        "playbook.tier",
        "who has to agree by default",
        names(Tier.values()),
        playbook(p -> p.tier().name()));
    list.oneOf(
        "playbook.service",
        "the service that the fix is in",
        catalogue(PlaybookInfo::service),
        playbook(PlaybookInfo::service));
    list.text(
        "playbook.resourceType",
        "what the playbook speaks of, such as `AWS::S3::Bucket`",
        playbook(PlaybookInfo::resourceType));
    list.oneOf(
        "playbook.reversibility",
        "how well its changes can be taken back",
        names(Reversibility.values()),
        playbook(p -> p.reversibility().name()));
    list.flag(
        "playbook.undoWidensAccess",
        "whether taking a fix back opens what it closed",
        i -> i.playbook().undoWidensAccess(),
        i -> true);
    list.flag(
        "playbook.suggested",
        "whether Claude suggested the playbook, because none answers to the finding",
        PolicyInput::suggested,
        i -> true);
    list.list(
        "playbook.controls",
        "the controls that it answers to, as framework and id: `Security Hub S3.14`",
        i -> i.playbook().controls().stream().map(c -> c.framework() + " " + c.id()).toList());
    var byPath = new LinkedHashMap<String, PolicyField>();
    list.fields().forEach(field -> byPath.put(field.path(), field));
    return Collections.unmodifiableMap(byPath);
  }

  /** The text of one part of an input; null where there is none. */
  private interface Part extends Function<PolicyInput, @Nullable String> {}

  private static Part finding(Function<Finding, String> part) {
    return input -> part.apply(input.finding());
  }

  private static Part playbook(Function<PlaybookInfo, String> part) {
    return input -> part.apply(input.playbook());
  }

  private static Part actor(Function<Actor, @Nullable String> part) {
    return input -> {
      Actor actor = input.finding().actor();
      return actor == null ? null : part.apply(actor);
    };
  }

  private static Part resource(Function<ResourceRef, @Nullable String> part) {
    return input -> {
      ResourceRef resource = input.finding().resource();
      return resource == null ? null : part.apply(resource);
    };
  }

  private static String name(ResourceRef resource) {
    String whole = resource.arn().resource();
    return resource.arn().service().equals("s3")
        ? whole
        : whole.substring(whole.lastIndexOf('/') + 1);
  }

  private static Set<String> names(Enum<?>[] values) {
    return Arrays.stream(values).map(Enum::name).collect(Collectors.toSet());
  }

  private static Set<String> catalogue(Function<PlaybookInfo, String> part) {
    return Catalogue.standard().playbooks().stream()
        .map(playbook -> part.apply(playbook.info()))
        .collect(Collectors.toSet());
  }

  private record Fields(List<PolicyField> fields) {

    void text(String path, String description, Part part) {
      oneOf(path, description, Set.of(), part);
    }

    void oneOf(String path, String description, Set<String> values, Part part) {
      fields.add(
          new PolicyField(
              path,
              PolicyField.Type.TEXT,
              description,
              values,
              input -> Optional.ofNullable(part.apply(input)).map(TextNode::valueOf)));
    }

    void list(String path, String description, Function<PolicyInput, List<String>> part) {
      fields.add(
          new PolicyField(
              path,
              PolicyField.Type.LIST,
              description,
              Set.of(),
              input -> {
                ArrayNode array = Json.mapper().createArrayNode();
                part.apply(input).forEach(array::add);
                return Optional.of(array);
              }));
    }

    void flag(
        String path,
        String description,
        Predicate<PolicyInput> part,
        Predicate<PolicyInput> present) {
      fields.add(
          new PolicyField(
              path,
              PolicyField.Type.FLAG,
              description,
              Set.of(),
              input ->
                  present.test(input)
                      ? Optional.of(BooleanNode.valueOf(part.test(input)))
                      : Optional.empty()));
    }
  }
}
