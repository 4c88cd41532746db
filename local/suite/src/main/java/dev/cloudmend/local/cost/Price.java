package dev.cloudmend.local.cost;

/**
 * What AWS takes for something.
 *
 * @param service whose price it is
 * @param unit what is counted
 * @param dollars US dollars for {@code per} units
 * @param per how many units that is for
 * @param free units a month that the always-free tier gives an account; 0 for none
 * @param url AWS's page with the price
 * @param seen where the figure itself was read
 */
public record Price(
    String service, String unit, double dollars, double per, double free, String url, Seen seen) {

  /** Where a figure was read. */
  public enum Seen {
    /** On AWS's page, in a stored copy. */
    PAGE,
    /** In what a tool printed that reads AWS's price list. */
    PRICE_LIST,
    /** On pages of others only: not confirmed. */
    THIRD_PARTY
  }

  /** US dollars for a number of units, of which none is free. */
  double of(double units) {
    return units / per * dollars;
  }
}
