package dev.cloudmend.terraform.rules.ec2;

import dev.cloudmend.terraform.project.Module;
import dev.cloudmend.terraform.project.ResourceBlock;
import dev.cloudmend.terraform.rules.Mentions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who speaks of a name: what an edit of it would change or break. */
final class Uses {

  private Uses() {}

  /**
   * Why a list that is found through names cannot be edited for one user of it: another one would
   * get the change too.
   */
  static Optional<String> shared(Module user, Located list) {
    List<String> by = list.by();
    if (by.isEmpty()) {
      return Optional.empty();
    }
    return Stream.of(new Use(user, by.getFirst()), new Use(list.module(), by.getLast()))
        .filter(use -> use.name().startsWith("var.") || use.name().startsWith("local."))
        .filter(use -> Mentions.of(use.module(), use.name()) > 1)
        .findFirst()
        .map(use -> use.name() + " is used elsewhere too, where the world may be meant");
  }

  /** Why a resource's block cannot simply go. */
  static Optional<String> keeps(ResourceBlock resource) {
    if (resource.block().blocks("lifecycle").stream()
        .anyMatch(l -> resource.value(l.body(), "prevent_destroy").isTrue())) {
      return Optional.of(resource.address() + " has prevent_destroy");
    }
    return Mentions.of(resource.module(), resource.address()) > 0
        ? Optional.of(resource.address() + " is spoken of elsewhere in the module")
        : Optional.empty();
  }

  private record Use(Module module, String name) {}
}
