package dev.cloudmend.terraform.rules.s3;

import dev.cloudmend.terraform.hcl.Block;
import dev.cloudmend.terraform.hcl.Body;
import dev.cloudmend.terraform.project.ResourceBlock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The grants of an access control list, in a bucket or in a resource of their own. */
final class Grants {

  private static final String GROUPS = "http://acs.amazonaws.com/groups/global/";

  private Grants() {}

  /**
   * A grant.
   *
   * @param in the body that the block stands in
   * @param uri the group, where it is known to be one
   */
  record Grant(Body in, Block block, Optional<String> uri) {

    /** The group's short name, if it is everybody or everybody with an account. */
    Optional<String> strangers() {
      return uri.filter(
              u -> u.equals(GROUPS + "AllUsers") || u.equals(GROUPS + "AuthenticatedUsers"))
          .map(u -> u.substring(GROUPS.length()));
    }
  }

  /** The grants that are written out as blocks. */
  static List<Grant> of(ResourceBlock acl) {
    Body own = acl.block().body();
    Stream<Grant> inline =
        own.blocks("grant").stream()
            .map(grant -> new Grant(own, grant, acl.value(grant.body(), "uri").text()));
    Stream<Grant> split =
        acl.nested("access_control_policy").stream()
            .flatMap(
                policy ->
                    policy.blocks("grant").stream()
                        .map(grant -> new Grant(policy, grant, uriOfGrantee(acl, grant))));
    return Stream.concat(inline, split).toList();
  }

  private static Optional<String> uriOfGrantee(ResourceBlock acl, Block grant) {
    return grant.blocks("grantee").stream()
        .flatMap(grantee -> acl.value(grantee.body(), "uri").text().stream())
        .findFirst();
  }
}
