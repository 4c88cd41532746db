package dev.cloudmend.terraform.locate;

import dev.cloudmend.model.Arn;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.terraform.project.Project;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the block that declares a resource: by a state or plan, else by the tags that Yor writes,
 * else by a name that is written out. What none of them makes certain is not found.
 */
public final class Locator {

  private final Project project;
  private final List<StateResource> known;
  private final Places places;

  /**
   * Makes a locator.
   *
   * @param known what states and plans have; may be empty
   */
  public Locator(Project project, List<StateResource> known) {
    this.project = project;
    this.known = List.copyOf(known);
    this.places = new Places(project);
  }

  /**
   * Finds it. An account stands for its password policy.
   *
   * @param tags the resource's live tags, where they are known
   */
  public Location locate(ResourceRef resource, Map<String, String> tags) {
    Optional<Kind> kind = Kind.of(resource.arn());
    Optional<Location> byState = byState(resource, kind);
    if (byState.isPresent() && !(byState.get() instanceof Location.NotCertain)) {
      return byState.get();
    }
    Optional<Location> byTags = new YorTags(project, places).locate(tags, kind);
    if (byState.isPresent() && byState.get() instanceof Location.NotCertain open) {
      return byTags
          .filter(tagged -> tagged instanceof Location.Found found && allows(open, found))
          .orElse(open);
    }
    Location byName =
        kind.map(new LiteralNames(project, places)::locate)
            .orElseGet(
                () ->
                    new Location.NotCertain(
                        "its type is not known here; a state or plan (--state) would tell",
                        List.of()));
    return byTags.map(tagged -> agreed(tagged, byName)).orElse(byName);
  }

  /** What tags leave open a name may decide, unless it names what they do not. */
  private static Location agreed(Location tagged, Location named) {
    if (!(tagged instanceof Location.NotCertain open)) {
      return tagged;
    }
    return switch (named) {
      case Location.NotCertain other when open.candidates().isEmpty() ->
          new Location.NotCertain(open.reason(), other.candidates());
      case Location.Found found when allows(open, found) -> found;
      default -> open;
    };
  }

  private static boolean allows(Location.NotCertain open, Location.Found found) {
    return open.candidates().isEmpty() || open.candidates().contains(found.resource());
  }

  /**
   * Where the resources are declared that belong to it and have no ARN of their own, as far as the
   * states and plans know: a bucket's public access block, a role's policies, a security group's
   * rules, an account's settings.
   */
  public List<Location> parts(ResourceRef resource) {
    boolean own = areOf(resource.account());
    var byAddress = new LinkedHashMap<String, List<StateResource>>();
    known.stream()
        .filter(one -> Parts.isPart(one, resource.arn(), own))
        .filter(one -> isIn(one, resource))
        .forEach(
            one ->
                byAddress.computeIfAbsent(withoutKeys(one), address -> new ArrayList<>()).add(one));
    return byAddress.values().stream().map(places::of).distinct().toList();
  }

  private Optional<Location> byState(ResourceRef resource, Optional<Kind> kind) {
    Arn arn = resource.arn();
    List<StateResource> meant = known.stream().filter(one -> Kind.isMeant(one, arn, kind)).toList();
    if (meant.isEmpty()) {
      return Optional.empty();
    }
    if (kind.filter(Kind::isOnePerAccount).isPresent() && !areOf(resource.account())) {
      return Optional.of(
          new Location.NotCertain(
              "the state is of another account, or of several; give that of its own account alone",
              List.of()));
    }
    return Optional.of(places.of(meant));
  }

  /** Whether the ARNs in the states, if there are any, are all of one account. */
  private boolean areOf(String account) {
    return known.stream()
        .map(one -> one.attributes().path("arn").asText().split(":", 6))
        .filter(parts -> parts.length == 6 && parts[4].matches("\\d{12}"))
        .allMatch(parts -> parts[4].equals(account));
  }

  /** What is set for a region says so from version 6 of the provider on. */
  private static boolean isIn(StateResource one, ResourceRef resource) {
    String region = one.attributes().path("region").asText();
    return !resource.arn().isAccount() || region.isEmpty() || region.equals(resource.region());
  }

  private static String withoutKeys(StateResource one) {
    return Address.parse(one.address()).map(Address::toString).orElse(one.address());
  }
}
