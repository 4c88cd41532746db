package dev.cloudmend.terraform.locate;

import dev.cloudmend.terraform.project.Project;
import dev.cloudmend.terraform.project.ResourceBlock;
import dev.cloudmend.terraform.project.Value;
import java.util.ArrayList;
import java.util.List;

/** Finds the one block whose name is written out in source, be it by way of variables. */
final class LiteralNames {

  /** More candidates than that help nobody. */
  private static final int MOST_CANDIDATES = 20;

  private final Project project;
  private final Places places;

  LiteralNames(Project project, Places places) {
    this.project = project;
    this.places = places;
  }

  Location locate(Kind kind) {
    return kind.name()
        .map(name -> locate(kind.types(), name))
        .orElseGet(
            () ->
                kind.isOnePerAccount()
                    ? new Location.NotCertain(
                        "source does not say which account it is for; a state or plan (--state)"
                            + " would tell",
                        blocks(kind.types()))
                    : new Location.NotCertain(
                        "AWS gives its id, so no source holds it; a state or plan (--state), or"
                            + " tags that Yor writes, would tell",
                        List.of()));
  }

  private Location locate(List<String> types, Kind.Name name) {
    var certain = new ArrayList<ResourceBlock>();
    var possible = new ArrayList<ResourceBlock>();
    for (ResourceBlock block : blocks(types)) {
      switch (fit(block, name)) {
        case YES -> certain.add(block);
        case MAYBE -> possible.add(block);
        case NO -> {}
      }
    }
    if (certain.size() == 1) {
      return new Location.Found(certain.getFirst(), Way.NAME, places.address(certain.getFirst()));
    }
    if (certain.size() > 1) {
      return new Location.NotCertain(
          certain.size()
              + " blocks have its name; a state or plan (--state) would tell, or the folder of"
              + " the root module as the project",
          certain);
    }
    return new Location.NotCertain(
        "no block is known to have its name; a state or plan (--state) would tell",
        possible.size() > MOST_CANDIDATES ? List.of() : possible);
  }

  private List<ResourceBlock> blocks(List<String> types) {
    return project.modules().stream()
        .flatMap(module -> types.stream().flatMap(type -> module.resources(type).stream()))
        .toList();
  }

  private enum Fit {
    YES,
    MAYBE,
    NO
  }

  private static Fit fit(ResourceBlock block, Kind.Name name) {
    if (block.value("count").text().filter("0"::equals).isPresent()) {
      return Fit.NO;
    }
    Fit own = fit(block.value(name.attribute()), name.value());
    if (own == Fit.NO || name.path().isEmpty()) {
      return own;
    }
    Value path = block.value("path");
    Fit there =
        path instanceof Value.Unset
            ? (name.path().get().equals("/") ? Fit.YES : Fit.NO)
            : fit(path, name.path().get());
    return own.compareTo(there) > 0 ? own : there;
  }

  private static Fit fit(Value value, String wanted) {
    if (value instanceof Value.Unknown) {
      return Fit.MAYBE;
    }
    return value.text().filter(wanted::equals).isPresent() ? Fit.YES : Fit.NO;
  }
}
