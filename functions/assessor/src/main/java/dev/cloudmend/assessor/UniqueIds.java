package dev.cloudmend.assessor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.aws.AwsCallException;
import dev.cloudmend.aws.AwsReader;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.Target;
import dev.cloudmend.playbooks.Operations;
import dev.cloudmend.playbooks.PlaybookInfo.Operation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * IAM's unique ids, such as {@code AIDA…} of a user, by which some sources name what everybody else
 * names by its name.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids">IAM
 *     unique identifiers</a>
 */
final class UniqueIds {

  /** More pages than the largest account that IAM's quotas allow has. */
  private static final int MOST_PAGES = 100;

  private static final int OF_A_PAGE = 1_000;

  /**
   * Whose ids they are.
   *
   * @param prefix begins the ids
   * @param arnPrefix begins the resource in an ARN
   * @param list the operation that lists them
   * @param listed the response's list
   * @param member begins the names of a listed one's id and name
   */
  private record Kind(
      String prefix, String arnPrefix, Operation list, String listed, String member) {}

  private static final Kind POLICY =
      new Kind("ANPA", "policy/", Operations.LIST_POLICIES, "Policies", "Policy");

  private static final List<Kind> KINDS =
      List.of(
          new Kind("AIDA", "user/", Operations.LIST_USERS, "Users", "User"),
          new Kind("AROA", "role/", Operations.LIST_ROLES, "Roles", "Role"),
          new Kind("AGPA", "group/", Operations.LIST_GROUPS, "Groups", "Group"),
          POLICY);

  private UniqueIds() {}

  /** The unique id that a finding's resource still has in place of its name. */
  static Optional<String> of(Finding finding) {
    ResourceRef resource = finding.resource();
    String id = finding.facts().path("uniqueId").asText("");
    return resource != null
            && resource.arn().service().equals("iam")
            && !id.isEmpty()
            && kind(resource.arn(), id).isPresent()
        ? Optional.of(id)
        : Optional.empty();
  }

  /**
   * What has this id, or this name: somebody may have been given another's id for a name, and then
   * there are two.
   *
   * @throws AwsCallException when the account does not tell
   */
  static Set<String> arnsOf(ResourceRef resource, String id, AwsReader aws) {
    Kind kind = kind(resource.arn(), id).orElseThrow();
    var arns = new TreeSet<String>();
    ObjectNode parameters = Json.object().put("MaxItems", OF_A_PAGE);
    if (kind.equals(POLICY)) {
      parameters.put("Scope", "Local");
    }
    for (int page = 0; page < MOST_PAGES; page++) {
      var call = new ApiCall("iam", kind.list.name(), Target.GLOBAL, parameters);
      ObjectNode answer = aws.read(call);
      for (JsonNode one : answer.path(kind.listed)) {
        if (one.path(kind.member + "Id").asText().equals(id)
            || one.path(kind.member + "Name").asText().equalsIgnoreCase(id)) {
          arns.add(one.path("Arn").asText());
        }
      }
      if (!answer.path("IsTruncated").asBoolean()) {
        return arns;
      }
      parameters = parameters.deepCopy().put("Marker", answer.path("Marker").asText());
    }
    throw new AwsCallException(
        AwsCallException.Kind.SERVICE,
        "TooManyPages",
        new ApiCall("iam", kind.list.name(), Target.GLOBAL, parameters),
        "there are more than " + MOST_PAGES + " pages");
  }

  private static Optional<Kind> kind(Arn arn, String id) {
    return KINDS.stream()
        .filter(kind -> id.startsWith(kind.prefix))
        .filter(kind -> arn.resource().startsWith(kind.arnPrefix))
        .filter(kind -> arn.resource().endsWith("/" + id))
        .findFirst();
  }
}
