package dev.cloudmend.states.intrinsics;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What an expression can see.
 *
 * @param input the data that {@code $} stands for
 * @param context the context object, {@code $$}
 * @param random where random functions take their values from
 */
public record Scope(JsonNode input, JsonNode context, RandomSource random) {

  /** The same surroundings with other data. */
  public Scope withInput(JsonNode other) {
    return new Scope(other, context, random);
  }

  /** The same data with another context object. */
  public Scope withContext(JsonNode other) {
    return new Scope(input, other, random);
  }
}
