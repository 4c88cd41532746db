package dev.cloudmend.terraform.locate;

import dev.cloudmend.terraform.project.Module;
import dev.cloudmend.terraform.project.ModuleCall;
import dev.cloudmend.terraform.project.Project;
import dev.cloudmend.terraform.project.ResourceBlock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Leads from addresses to blocks of a project. */
final class Places {

  /** Attributes that a resource keeps for life: a block that gives another value is not its own. */
  private static final List<String> FOR_LIFE =
      List.of("bucket", "name", "function_name", "identifier");

  /** More ways than that need not be told apart to know that there are several. */
  private static final int MOST_WAYS = 100;

  private final Project project;

  Places(Project project) {
    this.project = project;
  }

  /**
   * The one block that a state or plan has under its address.
   *
   * @param meant what the states have for one resource, at least one
   */
  Location of(List<StateResource> meant) {
    Way way = meant.getFirst().way();
    var search = new Search();
    for (StateResource resource : meant) {
      Address.parse(resource.address())
          .ifPresent(
              address ->
                  project.modules().stream()
                      .filter(module -> project.callers(module).isEmpty())
                      .forEach(root -> search.walk(root, address, resource)));
    }
    boolean alone = search.beyond.isEmpty();
    if (alone && search.found.size() == 1 && search.calls.isEmpty()) {
      var only = search.found.entrySet().iterator().next();
      return new Location.Found(only.getKey(), way, only.getValue().toString());
    }
    if (alone && search.found.isEmpty() && search.calls.size() == 1) {
      var only = search.calls.entrySet().iterator().next();
      return new Location.InCall(only.getKey(), way, only.getValue().toString());
    }
    return notCertain(meant, search);
  }

  private Location notCertain(List<StateResource> meant, Search search) {
    String has = has(meant.getFirst());
    if (search.found.size() + search.calls.size() > 1) {
      return new Location.NotCertain(
          has
              + ", which leads to several places"
              + search.places()
              + "; name the folder of the root module that the state is of",
          List.copyOf(search.found.keySet()));
    }
    if (!search.beyond.isEmpty()) {
      return new Location.NotCertain(
          has
              + ", and the source of "
              + String.join(", ", search.beyond)
              + " is not in the project; name a folder that holds it too",
          List.copyOf(search.found.keySet()));
    }
    if (!search.others.isEmpty()) {
      return new Location.NotCertain(
          has
              + ", and the block there gives another name: the state is of another root module, or"
              + " older than the source",
          List.of());
    }
    return new Location.NotCertain(
        has
            + ", and no root module of the project has that"
            + (project.refusals().isEmpty()
                ? ""
                : " (" + project.refusals().size() + " files could not be read)")
            + "; give the state of this project, and apply it after a move",
        inCalledModules(meant));
  }

  /** A state may be of a module that is called elsewhere, as examples do. */
  private List<ResourceBlock> inCalledModules(List<StateResource> meant) {
    var search = new Search();
    for (StateResource resource : meant) {
      Address.parse(resource.address())
          .ifPresent(
              address ->
                  project.modules().stream()
                      .filter(module -> !project.callers(module).isEmpty())
                      .forEach(module -> search.walk(module, address, resource)));
    }
    return List.copyOf(search.found.keySet());
  }

  /** Without keys, which are anybody's text. */
  private static String has(StateResource resource) {
    return "the "
        + (resource.way() == Way.PLAN ? "plan" : "state")
        + " has it as "
        + Address.parse(resource.address()).map(Address::toString).orElse("something unreadable");
  }

  /**
   * The address of a block from the root module where one way leads there, else from its own
   * module.
   */
  String address(ResourceBlock block) {
    List<String> ways = ways(block.module(), block.address(), new LinkedHashSet<>());
    return ways.size() == 1 ? ways.getFirst() : block.address();
  }

  private List<String> ways(Module module, String address, Set<Module> passed) {
    List<ModuleCall> callers = project.callers(module);
    if (callers.isEmpty() || !passed.add(module)) {
      return List.of(address);
    }
    List<String> ways =
        callers.stream()
            .flatMap(
                call ->
                    ways(call.module(), "module." + call.name() + "." + address, passed).stream())
            .limit(MOST_WAYS)
            .toList();
    passed.remove(module);
    return ways;
  }

  private static boolean isAnother(ResourceBlock block, StateResource resource) {
    return FOR_LIFE.stream()
        .anyMatch(
            attribute -> {
              String known = resource.attributes().path(attribute).asText();
              Optional<String> given = block.value(attribute).text();
              return !known.isEmpty() && given.isPresent() && !given.get().equalsIgnoreCase(known);
            });
  }

  /** What the addresses lead to. */
  private final class Search {

    private final Map<ResourceBlock, Address> found = new LinkedHashMap<>();
    private final Map<ModuleCall, Address> calls = new LinkedHashMap<>();
    private final Set<String> beyond = new LinkedHashSet<>();
    private final List<ResourceBlock> others = new ArrayList<>();

    void walk(Module root, Address address, StateResource resource) {
      walk(root, address.modules(), address, resource);
    }

    private void walk(Module module, List<String> way, Address address, StateResource resource) {
      if (way.isEmpty()) {
        module.resources(address.type()).stream()
            .filter(block -> block.name().equals(address.name()))
            .forEach(
                block -> {
                  if (isAnother(block, resource)) {
                    others.add(block);
                  } else {
                    found.putIfAbsent(block, address);
                  }
                });
        return;
      }
      for (ModuleCall call : module.calls()) {
        if (call.name().equals(way.getFirst())) {
          follow(call, way, address, resource);
        }
      }
    }

    private void follow(
        ModuleCall call, List<String> way, Address address, StateResource resource) {
      Optional<Path> folder = call.folder();
      if (folder.isPresent()) {
        project
            .module(folder.get())
            .ifPresentOrElse(
                module -> walk(module, way.subList(1, way.size()), address, resource),
                () -> beyond.add(call.place()));
      } else if (call.source().isPresent()) {
        calls.putIfAbsent(call, address);
      } else {
        beyond.add(call.place());
      }
    }

    String places() {
      return Stream.concat(
              found.keySet().stream().map(block -> block.file().path() + ":" + block.line()),
              calls.keySet().stream().map(ModuleCall::place))
          .limit(10)
          .toList()
          .toString()
          .transform(list -> " (" + list.substring(1, list.length() - 1) + ")");
    }
  }
}
