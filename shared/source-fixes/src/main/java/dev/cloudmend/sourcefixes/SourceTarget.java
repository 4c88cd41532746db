package dev.cloudmend.sourcefixes;

import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.terraform.hcl.Attribute;
import dev.cloudmend.terraform.locate.Location;
import dev.cloudmend.terraform.locate.Locator;
import dev.cloudmend.terraform.project.ResourceBlock;
import dev.cloudmend.terraform.rules.Violation;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a finding speaks of in the source: a resource, and what belongs to it.
 *
 * @param playbook the playbook that answers to the finding
 * @param location where the resource is declared
 * @param parts blocks of what belongs to the resource, as a state knows it
 * @param open of what belongs to it too: what has no certain block in the project
 */
public record SourceTarget(
    String playbook, Location location, List<ResourceBlock> parts, List<Location> open) {

  public SourceTarget {
    parts = List.copyOf(parts);
    open = List.copyOf(open);
  }

  /**
   * Looks for it.
   *
   * @param tags the resource's live tags, where they are known
   */
  public static SourceTarget of(
      Locator locator, String playbook, ResourceRef resource, Map<String, String> tags) {
    List<Location> parts = locator.parts(resource);
    return new SourceTarget(
        playbook,
        locator.locate(resource, tags),
        parts.stream()
            .filter(Location.Found.class::isInstance)
            .map(Location.Found.class::cast)
            .map(Location.Found::resource)
            .toList(),
        parts.stream().filter(part -> !(part instanceof Location.Found)).toList());
  }

  /** Whether a violation is what the finding speaks of. */
  public boolean asksFor(Violation violation) {
    return violation.rule().playbooks().contains(playbook)
        && (parts.stream().anyMatch(part -> isSame(violation.resource(), part))
            || (location instanceof Location.Found found
                && belongs(violation.resource(), found.resource())));
  }

  /** The block of the resource, where it is certain, and those of its parts. */
  public List<ResourceBlock> blocks() {
    return Stream.concat(
            location instanceof Location.Found found ? Stream.of(found.resource()) : Stream.empty(),
            parts.stream())
        .toList();
  }

  /** A block for a person: {@code aws_s3_bucket.logs in main.tf:3}. */
  public static String place(ResourceBlock block) {
    return block.address() + " in " + block.file().path() + ":" + block.line();
  }

  /** By name, since each edit makes new blocks. */
  private static boolean isSame(ResourceBlock one, ResourceBlock other) {
    return one.module().folder().equals(other.module().folder())
        && one.address().equals(other.address());
  }

  private static boolean belongs(ResourceBlock part, ResourceBlock whole) {
    if (!part.module().folder().equals(whole.module().folder())) {
      return false;
    }
    return isSame(part, whole)
        || part.block().body().attributes().stream()
            .map(Attribute::value)
            .anyMatch(whole::isMeantBy);
  }
}
