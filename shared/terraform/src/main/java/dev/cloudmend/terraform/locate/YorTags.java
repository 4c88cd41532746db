package dev.cloudmend.terraform.locate;

import dev.cloudmend.terraform.hcl.Attribute;
import dev.cloudmend.terraform.hcl.Body;
import dev.cloudmend.terraform.hcl.Expression;
import dev.cloudmend.terraform.project.ModuleCall;
import dev.cloudmend.terraform.project.Project;
import dev.cloudmend.terraform.project.ResourceBlock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds a block by the tags that Yor writes into source: {@code yor_trace}, an id of the block's
 * own, and {@code git_file}, the file in the repository.
 *
 * @see <a href="https://yor.io/">Yor</a>
 */
final class YorTags {

  private static final String TRACE = "yor_trace";

  private final Project project;
  private final Places places;

  YorTags(Project project, Places places) {
    this.project = project;
    this.places = places;
  }

  /** What the tags tell; empty where there is no {@code yor_trace} among them. */
  Optional<Location> locate(Map<String, String> tags, Optional<Kind> kind) {
    return Optional.ofNullable(tags.get(TRACE))
        .filter(trace -> !trace.isBlank())
        .map(trace -> locate(trace, tags, kind));
  }

  private Location locate(String trace, Map<String, String> tags, Optional<Kind> kind) {
    List<ResourceBlock> traced =
        project.modules().stream()
            .flatMap(module -> module.resources().stream())
            .filter(block -> isTraced(block.block().body(), trace))
            .toList();
    // Instances and volumes carry the tags of the template or group that made them.
    List<ResourceBlock> fitting =
        traced.stream()
            .filter(b -> kind.filter(k -> k.types().contains(b.type())).isPresent())
            .toList();
    List<ResourceBlock> sure = fitting.stream().filter(block -> isPlaced(block, tags)).toList();
    if (sure.size() == 1) {
      return new Location.Found(sure.getFirst(), Way.TAGS, places.address(sure.getFirst()));
    }
    if (sure.size() > 1) {
      return new Location.NotCertain(
          "several blocks hold its tag yor_trace; each needs one of its own", sure);
    }
    if (!fitting.isEmpty()) {
      return new Location.NotCertain(
          "its tag yor_trace stands in another place than its tags git_file or yor_name tell; a"
              + " state or plan (--state) would tell",
          fitting);
    }
    return elsewhere(trace, traced);
  }

  private Location elsewhere(String trace, List<ResourceBlock> traced) {
    List<String> calls =
        project.modules().stream()
            .flatMap(module -> module.calls().stream())
            .filter(call -> isTraced(call.block().body(), trace))
            .map(ModuleCall::place)
            .toList();
    if (!calls.isEmpty()) {
      return new Location.NotCertain(
          "its tag yor_trace is given by "
              + String.join(", ", calls)
              + ", which may make several; a state or plan (--state) would tell",
          List.of());
    }
    return new Location.NotCertain(
        traced.isEmpty()
            ? "no block holds its tag yor_trace; a state or plan (--state) would tell"
            : "its tag yor_trace is that of a block of another type; a state or plan (--state)"
                + " would tell",
        traced);
  }

  /** The project may be any folder of the repository, so its paths may be shorter. */
  private static boolean isPlaced(ResourceBlock block, Map<String, String> tags) {
    Optional<String> file = Optional.ofNullable(tags.get("git_file"));
    return file.isPresent()
        ? ("/" + file.get()).endsWith("/" + block.file().path())
        : block.name().equals(tags.get("yor_name"));
  }

  private static boolean isTraced(Body body, String trace) {
    return body.attributes().stream().map(Attribute::value).anyMatch(value -> holds(value, trace));
  }

  private static boolean holds(Expression value, String trace) {
    return (value instanceof Expression.ObjectValue object
            && object
                .entry(TRACE)
                .flatMap(entry -> entry.value().string())
                .filter(trace::equals)
                .isPresent())
        || value.children().stream().anyMatch(child -> holds(child, trace));
  }
}
