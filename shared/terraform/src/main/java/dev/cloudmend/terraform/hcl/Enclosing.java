package dev.cloudmend.terraform.hcl;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** Finds the body that an item stands in. */
final class Enclosing {

  private static final Comparator<BodyItem> BY_PLACE =
      Comparator.comparingInt(item -> item.span().start());

  private Enclosing() {}

  static Body body(HclFile file, BodyItem item) {
    Body body = file.body();
    while (true) {
      List<BodyItem> items = body.items();
      int found = Collections.binarySearch(items, item, BY_PLACE);
      if (found >= 0 && items.get(found).equals(item)) {
        return body;
      }
      int before = -found - 2;
      if (before < 0
          || !(items.get(before) instanceof Block block)
          || !block.body().span().contains(item.span())) {
        throw new HclException(
            file.path(),
            new Position(1, 1),
            "an item of another file",
            "one that was read from this file");
      }
      body = block.body();
    }
  }
}
