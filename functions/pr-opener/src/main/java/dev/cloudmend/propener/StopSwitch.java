package dev.cloudmend.propener;

import dev.cloudmend.model.Text;
import dev.cloudmend.store.Stop;
import dev.cloudmend.store.Store;
import java.util.Optional;

/** The stop switch, which stops pull requests as it stops live changes. */
record StopSwitch(Store store) {

  private static final int LONGEST = 300;

  /** Who stopped it, where it is on. */
  Optional<String> told() {
    return store.safety().stopped().map(StopSwitch::told);
  }

  private static String told(Stop stop) {
    return "stopped: %s switched live changes off at %s%s"
        .formatted(
            Text.shown(stop.by(), LONGEST),
            stop.at(),
            stop.reason().isEmpty() ? "" : " (" + Text.shown(stop.reason(), LONGEST) + ")");
  }
}
