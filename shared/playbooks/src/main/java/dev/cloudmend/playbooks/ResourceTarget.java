package dev.cloudmend.playbooks;

import dev.cloudmend.aws.AwsCallException;
import dev.cloudmend.aws.AwsReader;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.Target;
import dev.cloudmend.playbooks.s3.BucketTarget;
import java.util.Optional;

/** What the changes of a resource are made to, for those who have no change of it. */
public final class ResourceTarget {

  private ResourceTarget() {}

  /**
   * The target that a playbook's change of this resource would have; empty where there can be none,
   * because the resource is not there or is of no playbook's type.
   *
   * @throws AwsCallException when the service has to tell where it is, and does not
   */
  public static Optional<Target> of(ResourceRef resource, AwsReader aws) {
    Arn arn = resource.arn();
    if (!arn.account().isEmpty() && !arn.account().equals(resource.account())) {
      return Optional.empty();
    }
    return switch (arn.service()) {
      case "s3" -> ofBucket(resource, aws);
      case "iam" -> Optional.of(in(Target.GLOBAL, resource));
      default ->
          arn.region().isEmpty() ? Optional.empty() : Optional.of(in(arn.region(), resource));
    };
  }

  private static Target in(String region, ResourceRef resource) {
    return new Target(resource.arn().partition(), resource.account(), region, resource.arn());
  }

  private static Optional<Target> ofBucket(ResourceRef resource, AwsReader aws) {
    try {
      return BucketTarget.of(resource, aws);
    } catch (AwsCallException e) {
      if (LiveState.isGone(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
