package dev.cloudmend.terraform.hcl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.terraform.hcl.Expression.ObjectValue;
import dev.cloudmend.terraform.hcl.Expression.Tuple;
import java.util.function.BiConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tuples and objects; a {@code ~} stands for a line end. */
class CollectionEditsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1]|0|[]",
        "[1, 2, 3]|0|[2, 3]",
        "[1, 2, 3]|1|[1, 3]",
        "[1, 2, 3]|2|[1, 2]",
        "[1, 2, ]|1|[1, ]",
        "[~  1,~  2~]|1|[~  1,~]",
        "[~  1,~  2,~]|0|[~  2,~]",
        "[~  # one~  1, # x~  # two~  2, # y~]|0|[~  # two~  2, # y~]",
        "[~  # one~  1, # x~  # two~  2, # y~]|1|[~  # one~  1, # x~]",
        "[~  # both~  1,~  2,~]|0|[~  # both~  2,~]",
        "[~  1, 2,~  3~]|1|[~  1,~  3~]",
        "[~  1, 2,~  3~]|0|[~  2,~  3~]",
        "[1, # x~  2]|1|[1, # x~  ]",
        "[~  <<E~x~E~  ,~  2,~]|0|[~  2,~]",
        "[~  # why~  1,~]|0|[~]",
      })
  void removesAnElementWithItsCommaAndComment(String before, int index, String after) {
    assertThat(
            edited(
                lines("a = " + before + "~"),
                (file, edits) -> {
                  Tuple tuple = (Tuple) value(file);
                  edits.remove(tuple, tuple.elements().get(index));
                }))
        .isEqualTo(lines("a = " + after + "~"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ a = 1 }|0|{}",
        "{ a = 1, b : 2 }|0|{ b : 2 }",
        "{ a = 1, b : 2 }|1|{ a = 1 }",
        "{~  a    = 1~  long = 2 # x~}|1|{~  a = 1~}",
        "{~  a = 1,~  b = {~    c = 1~  },~}|1|{~  a = 1,~}",
        "{ a = 1~  b = 2~}|0|{ ~  b = 2~}",
      })
  void removesAnEntryWithItsCommaAndComment(String before, int index, String after) {
    assertThat(
            edited(
                lines("x = " + before + "~"),
                (file, edits) -> {
                  ObjectValue object = (ObjectValue) value(file);
                  edits.remove(object, object.entries().get(index));
                }))
        .isEqualTo(lines("x = " + after + "~"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]|[9]",
        "[1]|[1, 9]",
        "[1, 2,]|[1, 2, 9,]",
        "[~  1,~]|[~  1,~  9,~]",
        "[~  1 # x~]|[~  1, # x~  9~]",
        "[~  # none~]|[~  # none~  9~]",
      })
  void addsAnElementInTheWayTheOthersAreWritten(String before, String after) {
    assertThat(
            edited(
                lines("a = " + before + "~"),
                (file, edits) -> edits.addElement((Tuple) value(file), "9")))
        .isEqualTo(lines("a = " + after + "~"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|{ k = 9 }",
        "{ a = 1 }|{ a = 1, k = 9 }",
        "{~  a = 1~}|{~  a = 1~  k = 9~}",
        "{~  a = 1,~}|{~  a = 1,~  k = 9,~}",
        "{~  long = 1 # x~}|{~  long = 1 # x~  k    = 9~}",
        "{~  \"k\" = 1~}|{~  \"k\" = 9~}",
      })
  void setsAnEntryInTheWayTheOthersAreWritten(String before, String after) {
    assertThat(
            edited(
                lines("x = " + before + "~"),
                (file, edits) -> edits.setEntry((ObjectValue) value(file), "k", "9")))
        .isEqualTo(lines("x = " + after + "~"));
  }

  private static String edited(String text, BiConsumer<HclFile, Edits> edit) {
    HclFile file = HclFile.parse("main.tf", text);
    Edits edits = file.edit();
    edit.accept(file, edits);
    return edits.apply().text();
  }

  private static String lines(String text) {
    return text.replace('~', '\n');
  }

  private static Expression value(HclFile file) {
    return file.body().attributes().getFirst().value();
  }
}
