package dev.cloudmend.playbooks;

import dev.cloudmend.model.Arn;
import dev.cloudmend.playbooks.ec2.SecurityGroupAdminPortsWorld;
import dev.cloudmend.playbooks.iam.PasswordPolicy;
import dev.cloudmend.playbooks.s3.BucketBlockPublicAccess;
import dev.cloudmend.playbooks.s3.BucketDefaultEncryption;
import dev.cloudmend.playbooks.s3.BucketTlsOnly;
import dev.cloudmend.playbooks.s3.BucketVersioning;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** All playbooks, in the order in which they run on one resource. */
public final class Catalogue {

  private final List<Playbook> playbooks;

  public Catalogue(List<Playbook> playbooks) {
    this.playbooks = List.copyOf(playbooks);
  }

  /** The playbooks that come with Cloudmend. */
  public static Catalogue standard() {
    return new Catalogue(
        List.of(
            new BucketBlockPublicAccess(),
            new BucketTlsOnly(),
            new BucketDefaultEncryption(),
            new BucketVersioning(),
            new PasswordPolicy(),
            new SecurityGroupAdminPortsWorld()));
  }

  public List<Playbook> playbooks() {
    return playbooks;
  }

  public Optional<Playbook> byId(String id) {
    return playbooks.stream().filter(p -> p.info().id().equals(id)).findFirst();
  }

  /**
   * The playbooks whose id, title or alias is this name, whatever the case, hyphens and
   * punctuation; in order.
   */
  public List<Playbook> byCheck(String name) {
    String wanted = normalised(name);
    return playbooks.stream()
        .filter(
            p ->
                normalised(p.info().id()).equals(wanted)
                    || normalised(p.info().title()).equals(wanted)
                    || p.info().aliases().stream().anyMatch(a -> normalised(a).equals(wanted)))
        .toList();
  }

  /** The playbooks that are to be assessed again after a CloudTrail event; in order. */
  public List<Playbook> byTrigger(String eventName) {
    return playbooks.stream().filter(p -> p.info().triggers().contains(eventName)).toList();
  }

  /** The playbooks that speak of resources of an ARN's type; in order. */
  public List<Playbook> forResource(Arn arn) {
    Optional<String> type = ResourceType.of(arn);
    return playbooks.stream()
        .filter(p -> type.filter(p.info().resourceType()::equals).isPresent())
        .toList();
  }

  private static String normalised(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
  }
}
