package dev.cloudmend.playbooks;

import dev.cloudmend.model.Arn;
import dev.cloudmend.playbooks.ec2.SecurityGroupAdminPortsWorld;
import dev.cloudmend.playbooks.iam.PasswordPolicy;
import dev.cloudmend.playbooks.s3.BucketBlockPublicAccess;
import dev.cloudmend.playbooks.s3.BucketDefaultEncryption;
import dev.cloudmend.playbooks.s3.BucketTlsOnly;
import dev.cloudmend.playbooks.s3.BucketVersioning;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** All playbooks, in the order in which they run on one resource. */
public final class Catalogue {

  private static final Pattern NO_PART_OF_A_NAME = Pattern.compile("[^\\p{L}\\p{N}]");

  private final List<Playbook> playbooks;

  /** By id, title and alias, in plain form. */
  private final Map<String, List<Playbook>> byCheck;

  public Catalogue(List<Playbook> playbooks) {
    this.playbooks = List.copyOf(playbooks);
    this.byCheck = byCheck(playbooks);
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
    return byCheck.getOrDefault(normalised(name), List.of());
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

  /** Made once: a report may have hundreds of thousands of checks. */
  private static Map<String, List<Playbook>> byCheck(List<Playbook> playbooks) {
    var found = new HashMap<String, List<Playbook>>();
    for (Playbook playbook : playbooks) {
      PlaybookInfo info = playbook.info();
      Stream.concat(Stream.of(info.id(), info.title()), info.aliases().stream())
          .map(Catalogue::normalised)
          .distinct()
          .forEach(name -> found.computeIfAbsent(name, n -> new ArrayList<>()).add(playbook));
    }
    found.replaceAll((name, of) -> List.copyOf(of));
    return Map.copyOf(found);
  }

  private static String normalised(String name) {
    return NO_PART_OF_A_NAME.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
  }
}
