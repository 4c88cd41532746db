package dev.cloudmend.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UndoMarksTest {

  private static final String TARGET = "aws|123456789012|us-east-1|arn:aws:s3:::b";
  private static final UndoMark MARK = new UndoMark("ana", AdvancingClock.START, "inc-1");

  @RegisterExtension final TestStore test = new TestStore();
  private UndoMarks marks;

  @BeforeEach
  void marks() {
    marks = test.store().undoMarks();
  }

  @Test
  void aMarkIsFoundForItsStateOnly() {
    marks.mark(TARGET, "p", "sha256:1", MARK);

    assertThat(marks.find(TARGET, "p", "sha256:1")).contains(MARK);
    assertThat(marks.find(TARGET, "p", "sha256:2")).isEmpty();
    assertThat(marks.find(TARGET, "q", "sha256:1")).isEmpty();
    assertThat(marks.find(TARGET + "2", "p", "sha256:1")).isEmpty();
  }

  @Test
  void theLatestMarkCountsAndHasNoEnd() {
    var later = new UndoMark("bo", AdvancingClock.START.plusSeconds(5), "inc-2");
    marks.mark(TARGET, "p", "sha256:1", MARK);
    marks.mark(TARGET, "p", "sha256:1", later);
    test.clock.advance(Duration.ofDays(3_650));

    assertThat(marks.find(TARGET, "p", "sha256:1")).contains(later);
  }

  @Test
  void aClearedMarkIsGone() {
    marks.mark(TARGET, "p", "sha256:1", MARK);
    marks.clear(TARGET, "p", "sha256:1");
    marks.clear(TARGET, "p", "sha256:1");

    assertThat(marks.find(TARGET, "p", "sha256:1")).isEmpty();
  }

  @Test
  void aHundredCallersLeaveOneWholeMark() throws Exception {
    Callers.atOnce(
        i -> {
          marks.mark(TARGET, "p", "sha256:1", numbered(i));
          return i;
        });

    Optional<UndoMark> found = marks.find(TARGET, "p", "sha256:1");
    int number = Integer.parseInt(found.orElseThrow().by());
    assertThat(found).contains(numbered(number));
  }

  private static UndoMark numbered(int i) {
    return new UndoMark(Integer.toString(i), AdvancingClock.START.plusSeconds(i), "inc-" + i);
  }
}
