package dev.cloudmend.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.model.Diagnosis.ModelCall;
import dev.cloudmend.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/** What tokens cost, from a dated file; an estimate, not a bill. */
final class TokenPrices {

  private static final double MILLION = 1_000_000;

  private final JsonNode prices;

  private TokenPrices(JsonNode prices) {
    this.prices = prices;
  }

  static TokenPrices standard() {
    try (var in =
        Objects.requireNonNull(TokenPrices.class.getResourceAsStream("token-prices.json"))) {
      return new TokenPrices(Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** When the prices were looked up. */
  String asOf() {
    return prices.path("asOf").asText();
  }

  /** US dollars of one call; empty where the model's prices are not known. */
  Optional<Double> of(ModelCall call) {
    for (JsonNode model : prices.path("models")) {
      if (call.model().contains(model.path("name").asText())) {
        boolean stays = !call.model().contains("global.");
        double dollars =
            (call.inputTokens() * model.path("input").asDouble()
                    + call.outputTokens() * model.path("output").asDouble()
                    + call.cacheReadTokens() * model.path("cacheRead").asDouble()
                    + call.cacheWriteTokens() * model.path("cacheWrite").asDouble())
                / MILLION;
        return Optional.of(stays ? dollars * model.path("regionalFactor").asDouble(1) : dollars);
      }
    }
    return Optional.empty();
  }
}
