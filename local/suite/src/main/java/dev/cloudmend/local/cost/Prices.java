package dev.cloudmend.local.cost;

import dev.cloudmend.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The dated price file.
 *
 * @param asOf the day on which the prices were looked up
 * @param region where they hold
 * @param prices by what {@link CostModel} calls what is counted
 * @param rival findings a month -> US dollars, as a rival published them
 */
public record Prices(
    String asOf, String region, Map<String, Price> prices, Map<String, Double> rival) {

  public Prices {
    prices = Map.copyOf(prices);
    rival = Map.copyOf(rival);
  }

  /** The prices that come with Cloudmend. */
  public static Prices standard() {
    return Json.fromTree(Json.parse(resource("prices.json")), Prices.class);
  }

  /** The price of what is counted. */
  Price of(String counted) {
    return Objects.requireNonNull(prices.get(counted), counted);
  }

  /** What a rival published for as many findings a month. */
  public Optional<Double> rival(long findings) {
    return Optional.ofNullable(rival.get(String.valueOf(findings)));
  }

  /** The services and units whose figures were not seen on AWS's pages or in its price list. */
  public List<String> unconfirmed() {
    return prices.values().stream()
        .filter(price -> price.seen() == Price.Seen.THIRD_PARTY)
        .map(price -> price.service() + " " + price.unit())
        .sorted()
        .toList();
  }

  static String resource(String name) {
    try (var in = Objects.requireNonNull(Prices.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
