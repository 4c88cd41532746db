package dev.cloudmend.terraform.project;

import java.util.LinkedHashSet;
import java.util.List;

/** What several values have in common. */
final class Values {

  private Values() {}

  /** The one value that all of them are, with the origins of all; not known where they differ. */
  static Value common(List<Value> values, String name) {
    var origins = new LinkedHashSet<Origin>();
    Value first = values.getFirst();
    for (Value value : values) {
      if (value instanceof Value.Unknown unknown) {
        return unknown;
      }
      boolean same =
          (value instanceof Value.Known known && first instanceof Value.Known other)
              ? known.value().equals(other.value())
              : value.getClass() == first.getClass();
      if (!same) {
        return new Value.Unknown("the callers of the module give " + name + " differently");
      }
      if (value instanceof Value.Known known) {
        origins.addAll(known.origins());
      }
    }
    return first instanceof Value.Known known
        ? new Value.Known(known.value(), List.copyOf(origins))
        : first;
  }
}
