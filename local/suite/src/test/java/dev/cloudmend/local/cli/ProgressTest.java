package dev.cloudmend.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private static final long SECOND = 1_000_000_000;

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final AtomicLong now = new AtomicLong(17);

  @Test
  void elsewhereThereIsALineEveryFewSecondsAndNoneWithinTheFirst() {
    Progress progress = progress(false);
    for (int tenth = 0; tenth <= 80; tenth++) {
      now.set(17 + tenth * SECOND / 10);
      progress.at(tenth, 160, tenth * 100L);
    }
    progress.clear();

    assertThat(text().lines())
        .containsExactly(
            "[#.......................]   6 %  1,000 findings, 1,000/s",
            "[######..................]  25 %  4,000 findings, 1,000/s",
            "[##########..............]  43 %  7,000 findings, 1,000/s");
  }

  @Test
  void onATerminalTheBarIsWrittenOverAndTakenAway() {
    Progress progress = progress(true);
    now.addAndGet(2 * SECOND);
    progress.at(10, 10, 4);
    progress.at(10, 10, 5);
    progress.clear();
    progress.clear();

    assertThat(text())
        .isEqualTo("\r[########################] 100 %  4 findings, 2/s\u001b[K\r\u001b[K");
  }

  @Test
  void withoutAWholeThereIsNoBar() {
    Progress progress = progress(false);
    now.addAndGet(2 * SECOND);
    progress.at(10, 0, 4);

    assertThat(text().strip()).isEqualTo("4 findings, 2/s");
  }

  @Test
  void ofAFileItsBytesAreTold() {
    var stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    var progress = new Progress(new Console(stream, stream, false), "findings", true, now::get);
    now.addAndGet(2 * SECOND);
    progress.at(25_000_000, 100_000_000, 9_000);

    assertThat(text().strip())
        .isEqualTo("[######..................]  25 %  25.0 of 100.0 MB, 9,000 findings, 4,500/s");
  }

  private Progress progress(boolean isTerminal) {
    var stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    return new Progress(
        new Console(stream, stream, false, isTerminal), "findings", false, now::get);
  }

  private String text() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
