package dev.cloudmend.local.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Tells whoever waits how far a long work has come, on standard error: a bar on a terminal, and
 * elsewhere a line every few seconds.
 */
final class Progress {

  private static final Duration BETWEEN_BARS = Duration.ofMillis(100);
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(3);

  /** What ends before is not worth a line. */
  private static final Duration WORTH_TELLING = Duration.ofSeconds(1);

  private static final int WIDTH = 24;
  private static final int ALL = 100;
  private static final double NANOS = 1e9;
  private static final double MEGABYTE = 1e6;

  private final Console console;
  private final LongSupplier nanoTime;
  private final long began;
  private final String unit;
  private final boolean isOfBytes;
  private long told;
  private boolean isShown;

  /**
   * Begins.
   *
   * @param unit what is counted, such as {@code findings}
   * @param isOfBytes whether the whole is a file's bytes
   */
  Progress(Console console, String unit, boolean isOfBytes) {
    this(console, unit, isOfBytes, System::nanoTime);
  }

  Progress(Console console, String unit, boolean isOfBytes, LongSupplier nanoTime) {
    this.console = console;
    this.unit = unit;
    this.isOfBytes = isOfBytes;
    this.nanoTime = nanoTime;
    this.began = nanoTime.getAsLong();
    this.told = began + WORTH_TELLING.toNanos() - between();
  }

  /**
   * Says how far it has come.
   *
   * @param done how much of the whole is done
   * @param whole the whole, such as a file's bytes; 0 where nobody knows
   * @param count how many were worked on
   */
  void at(long done, long whole, long count) {
    long now = nanoTime.getAsLong();
    if (now - told < between()) {
      return;
    }
    told = now;
    String text = text(done, whole, count, (now - began) / NANOS);
    if (console.isTerminal()) {
      console.err().print("\r" + text + "\u001b[K");
      console.err().flush();
      isShown = true;
    } else {
      console.progress(text);
    }
  }

  /** Takes the bar away, before something else is written. */
  void clear() {
    if (isShown) {
      console.err().print("\r\u001b[K");
      console.err().flush();
      isShown = false;
    }
  }

  private long between() {
    return (console.isTerminal() ? BETWEEN_BARS : BETWEEN_LINES).toNanos();
  }

  private String text(long done, long whole, long count, double seconds) {
    String rate = String.format(Locale.ROOT, "%,d %s, %,.0f/s", count, unit, count / seconds);
    if (whole <= 0) {
      return rate;
    }
    // A file may grow while it is read.
    long percent = Math.min(ALL, ALL * done / whole);
    int filled = (int) (WIDTH * percent / ALL);
    String bytes =
        isOfBytes
            ? String.format(Locale.ROOT, "%.1f of %.1f MB, ", done / MEGABYTE, whole / MEGABYTE)
            : "";
    String bar = "#".repeat(filled) + ".".repeat(WIDTH - filled);
    return String.format(Locale.ROOT, "[%s] %3d %%  %s%s", bar, percent, bytes, rate);
  }
}
