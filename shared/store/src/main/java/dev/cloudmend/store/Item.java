package dev.cloudmend.store;

import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.model.Outcome;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An item as it was read. An attribute that is missing or unreadable is a {@link StoreException}:
 * somebody else wrote it.
 *
 * @param name what it is, for messages
 */
record Item(String name, Map<String, AttributeValue> attributes) {

  String text(String attribute) {
    return optionalText(attribute).orElseThrow(() -> unreadable(attribute, "is missing"));
  }

  Optional<String> optionalText(String attribute) {
    return optional(attribute, AttributeValue::s, Function.identity());
  }

  long number(String attribute) {
    return optional(attribute, AttributeValue::n, Long::valueOf)
        .orElseThrow(() -> unreadable(attribute, "is missing"));
  }

  boolean flag(String attribute) {
    return optional(attribute, AttributeValue::bool, Function.identity())
        .orElseThrow(() -> unreadable(attribute, "is missing"));
  }

  Instant time(String attribute) {
    return optionalTime(attribute).orElseThrow(() -> unreadable(attribute, "is missing"));
  }

  Optional<Instant> optionalTime(String attribute) {
    return optional(attribute, AttributeValue::s, Instant::parse);
  }

  Instant seconds(String attribute) {
    return Instant.ofEpochSecond(number(attribute));
  }

  Optional<Outcome> optionalOutcome(String attribute) {
    return optional(attribute, AttributeValue::s, Outcome::valueOf);
  }

  <T> T json(String attribute, Class<T> type) {
    return optionalJson(attribute, type).orElseThrow(() -> unreadable(attribute, "is missing"));
  }

  <T> Optional<T> optionalJson(String attribute, Class<T> type) {
    return optional(attribute, AttributeValue::s, s -> Json.fromTree(Json.parse(s), type));
  }

  /** The texts of a set. */
  List<String> texts(String attribute) {
    return optional(attribute, v -> v.hasSs() ? v.ss() : null, List::copyOf)
        .orElseThrow(() -> unreadable(attribute, "is missing"));
  }

  /** A map attribute as an item of its own. */
  Optional<Item> inner(String attribute) {
    return optional(attribute, v -> v.hasM() ? v.m() : null, Function.identity())
        .map(map -> new Item(name + ", " + attribute, map));
  }

  private <V, T> Optional<T> optional(
      String attribute,
      Function<AttributeValue, ? extends @Nullable V> member,
      Function<V, T> read) {
    AttributeValue value = attributes.get(attribute);
    if (value == null) {
      return Optional.empty();
    }
    V raw = member.apply(value);
    if (raw == null) {
      throw unreadable(attribute, "has the type " + value.type());
    }
    try {
      return Optional.of(read.apply(raw));
    } catch (ModelException | DateTimeException | IllegalArgumentException e) {
      throw unreadable(attribute, String.valueOf(e.getMessage()));
    }
  }

  private StoreException unreadable(String attribute, String problem) {
    return new StoreException(
        name
            + ": the attribute "
            + attribute
            + " cannot be read: "
            + problem
            + "; the item was not written by Cloudmend, or was changed");
  }
}
